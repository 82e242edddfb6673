INSERT OR REPLACE INTO rejects BY NAME
SELECT d.document_id, d.path, d.record_key, NULL AS line, 'clean' AS stage, c.reject.reason AS reason, c.reject.message AS message
FROM new_cleaned AS c
JOIN documents AS d ON d.document_id = c.id
WHERE c.reject IS NOT NULL
