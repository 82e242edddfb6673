DELETE FROM internal.ledger WHERE stage = $stage AND id IN (SELECT id FROM ids)
