-- Those quoted most in the newest articles.
WITH newest AS (
    FROM speaker_articles ORDER BY date DESC NULLS LAST, quotes DESC, name, article_id, speaker_id LIMIT $rows
),
titles AS (
    SELECT article_id, publisher, left(coalesce(title, body), 80) AS title FROM articles WHERE article_id IN (SELECT article_id FROM newest)
)
SELECT s.date, a.publisher, s.name, s.roles, s.quotes, a.title
FROM newest AS s
LEFT JOIN titles AS a ON a.article_id = s.article_id
ORDER BY s.date DESC NULLS LAST, s.quotes DESC, s.name, s.article_id, s.speaker_id
