CREATE OR REPLACE TEMP TABLE fresh AS
SELECT i.document_id, d.document_id IS NOT NULL AS known
FROM incoming AS i
LEFT JOIN documents AS d ON d.document_id = i.document_id
WHERE d.content_hash IS DISTINCT FROM i.content_hash
