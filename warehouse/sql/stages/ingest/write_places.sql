INSERT OR REPLACE INTO internal.places BY NAME
SELECT document_id, $root AS root, path, record_key FROM incoming
