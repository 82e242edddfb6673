-- The surest: those that have most of their text from another.
SELECT s.source, a.publisher, left(coalesce(a.title, a.body), 80) AS title, s.share, s.hours, left(coalesce(o.title, o.body), 80) AS source_title
FROM article_sources AS s
LEFT JOIN articles AS a ON a.article_id = s.article_id
LEFT JOIN articles AS o ON o.article_id = s.source_id
ORDER BY s.share DESC NULLS LAST, a.date DESC NULLS LAST, s.article_id, s.source_id, s.source
LIMIT $rows
