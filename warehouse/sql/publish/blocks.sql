SELECT b.* REPLACE (coalesce(b.text, substr(d.raw_text, b.block_start + 1, b.block_end - b.block_start)) AS text)
FROM parts.blocks AS b
LEFT JOIN documents AS d ON d.document_id = b.document_id
