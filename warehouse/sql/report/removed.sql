-- What was removed from the pages of each publisher, by kind: spans and their characters.
SELECT d.publisher, b.kind, count(*) AS spans, sum(b.block_end - b.block_start)::BIGINT AS characters
FROM blocks AS b
JOIN documents AS d ON d.document_id = b.document_id
WHERE b.kind <> 'body'
GROUP BY d.publisher, b.kind
ORDER BY d.publisher, b.kind
