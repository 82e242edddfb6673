-- Rows that a stage has not worked on as they are now, with the length of the record that each is of; `held` where it worked on them before, or
-- left something of them in its tables.
SELECT i.*, coalesce(d.characters, 0) AS characters, l.id IS NOT NULL OR i.id IN (SELECT id FROM held) AS held
FROM inputs AS i
LEFT JOIN documents AS d ON d.document_id = i.id
LEFT JOIN internal.ledger AS l ON l.stage = $stage AND l.id = i.id
WHERE l.input_hash IS DISTINCT FROM md5_number_lower(i.input_hash) OR l.context_hash <> md5_number_lower(i.context_hash) OR l.version <> $version
ORDER BY i.id
