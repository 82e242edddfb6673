-- The pages of wanted articles, span by span with verdicts, as JSON.
SELECT w.place, b.block_start AS first, b.block_end AS last, b.kind AS other, json_array(b.kind, b.reason, b.block_start, b.text)::VARCHAR AS piece
FROM blocks AS b
JOIN wanted AS w ON w.article_id = b.document_id
