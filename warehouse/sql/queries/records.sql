-- The records of some ids: where each stands, whether that is missing, and how many other articles are copies of it.
SELECT
    d.document_id,
    d.found_at || '/' || d.path AS place,
    d.missing,
    coalesce(c.size - 1, 0) AS copies
FROM documents AS d
LEFT JOIN article_clusters AS c ON c.article_id = d.document_id
WHERE d.document_id IN (SELECT unnest(CAST($ids AS VARCHAR[])))
