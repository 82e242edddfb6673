-- The records read last.
SELECT publisher, path, title, date, format, length(raw_text) AS characters, left(raw_text, 120) AS text
FROM documents
ORDER BY ingested_at DESC, date DESC NULLS LAST, path, record_key, document_id
LIMIT $rows
