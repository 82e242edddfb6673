INSERT INTO internal.ledger BY NAME
SELECT $stage AS stage, id, md5_number_lower(input_hash) AS input_hash, $version AS version, md5_number_lower(context_hash) AS context_hash FROM done
