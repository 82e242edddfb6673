-- The pages of wanted articles, span by span with verdicts, as JSON; of a very long one the spans that begin in its first `$longest` characters.
SELECT
    w.place,
    b.block_start AS first,
    b.block_end AS last,
    b.kind AS other,
    json_array(b.kind, b.reason, b.block_start, left(b.text, $longest))::VARCHAR AS piece
FROM blocks AS b
JOIN wanted AS w ON w.article_id = b.document_id
WHERE b.block_start < $longest
