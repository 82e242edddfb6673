-- asset: rejects
-- promise: Every document is in exactly one of articles and rejects, and nothing else is there.
SELECT d.document_id
FROM documents AS d
LEFT JOIN articles AS a ON a.article_id = d.document_id
LEFT JOIN rejects AS r ON r.document_id = d.document_id
WHERE (a.article_id IS NULL) = (r.document_id IS NULL)
UNION ALL
SELECT a.article_id FROM articles AS a ANTI JOIN documents AS d ON d.document_id = a.article_id
UNION ALL
SELECT r.document_id FROM rejects AS r ANTI JOIN documents AS d ON d.document_id = r.document_id
