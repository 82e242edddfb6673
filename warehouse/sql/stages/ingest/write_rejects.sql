INSERT OR REPLACE INTO rejects BY NAME
SELECT i.document_id, i.path, i.record_key, i.line, 'ingest' AS stage, i.reject.reason AS reason, i.reject.message AS message
FROM incoming AS i
WHERE i.reject IS NOT NULL
