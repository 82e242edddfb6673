-- Text removed from the newest articles, of which the verdict is surest: rules and repetitions, then low scores.
SELECT a.publisher, left(coalesce(a.title, a.body), 80) AS title, b.kind, b.reason, b.score, left(trim(b.text), 120) AS removed
FROM blocks AS b
JOIN articles AS a ON a.article_id = b.document_id
WHERE b.kind <> 'body'
ORDER BY b.score IS NOT NULL, a.date DESC NULLS LAST, b.score, b.document_id, b.block_start
LIMIT $rows
