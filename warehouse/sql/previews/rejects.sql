-- Every reason once, before more of the same.
SELECT reason, path, CASE WHEN line IS NULL THEN record_key END AS record, line, message
FROM rejects
ORDER BY row_number() OVER (PARTITION BY reason ORDER BY path, record_key, line, document_id), reason
LIMIT $rows
