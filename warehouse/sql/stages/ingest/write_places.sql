DELETE FROM internal.places WHERE document_id IN (SELECT document_id FROM incoming);
INSERT INTO internal.places BY NAME
SELECT document_id, $root AS root, path, record_key FROM incoming
