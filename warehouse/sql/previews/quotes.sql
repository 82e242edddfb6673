-- The surest of the newest articles.
SELECT a.date, a.publisher, q.type, coalesce(q.speaker_name, q.speaker_mention) AS speaker, q.quote, left(coalesce(a.title, a.body), 80) AS title, q.confidence
FROM quotes AS q
LEFT JOIN articles AS a ON a.article_id = q.article_id
ORDER BY a.date DESC NULLS LAST, q.confidence DESC NULLS LAST, q.quote_id
LIMIT $rows
