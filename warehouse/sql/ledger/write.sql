INSERT INTO internal.ledger BY NAME
SELECT $stage AS stage, id, CAST(md5_number(input_hash) >> 64 AS UBIGINT) AS input_hash, $version AS version, CAST(md5_number(context_hash) >> 64 AS UBIGINT) AS context_hash FROM done
