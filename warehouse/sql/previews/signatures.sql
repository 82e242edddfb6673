-- Of the newest articles.
SELECT a.date, a.publisher, left(coalesce(a.title, a.body), 80) AS title, s.words, s.shingles
FROM signatures AS s
LEFT JOIN articles AS a ON a.article_id = s.article_id
ORDER BY a.date DESC NULLS LAST, a.title, s.article_id
LIMIT $rows
