INSERT OR REPLACE INTO internal.places BY NAME
SELECT i.document_id, $root AS root, i.path, i.record_key
FROM incoming AS i
JOIN fresh AS f ON f.document_id = i.document_id
