-- Those quoted most in the newest articles.
SELECT a.date, a.publisher, s.name, s.roles, s.quotes, left(coalesce(a.title, a.body), 80) AS title
FROM speaker_articles AS s
LEFT JOIN articles AS a ON a.article_id = s.article_id
ORDER BY a.date DESC NULLS LAST, s.quotes DESC, s.name, s.article_id, s.speaker_id
LIMIT $rows
