SELECT DISTINCT r.publisher, r.line_hash, r.bucket
FROM internal.document_lines AS d
JOIN repeated_lines AS r ON r.publisher = d.publisher AND r.line_hash = d.line_hash
WHERE d.id IN (SELECT id FROM wanted)
ORDER BY ALL
