INSERT INTO internal.ledger BY NAME
SELECT $stage AS stage, id, input_hash, $version AS version, context_hash FROM done
