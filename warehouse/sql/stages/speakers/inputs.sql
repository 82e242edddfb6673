-- Every article that was read for quotes; what it says is a function of what was read by which code.
SELECT id, md5(input_hash || version) AS input_hash, '' AS context_hash FROM internal.ledger WHERE stage = 'quotes'
