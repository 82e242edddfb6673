-- Those quoted most in the newest articles.
WITH newest AS (
    SELECT s.article_id, s.speaker_id, s.name, s.roles, s.quotes, a.date
    FROM speaker_articles AS s
    LEFT JOIN articles AS a ON a.article_id = s.article_id
    ORDER BY a.date DESC NULLS LAST, s.quotes DESC, s.name, s.article_id, s.speaker_id
    LIMIT $rows
),
titles AS (
    SELECT a.article_id, a.publisher, left(coalesce(a.title, a.body), 80) AS title
    FROM (SELECT DISTINCT article_id FROM newest) AS shown
    JOIN articles AS a ON a.article_id = shown.article_id
)
SELECT s.date, a.publisher, s.name, s.roles, s.quotes, a.title
FROM newest AS s
LEFT JOIN titles AS a ON a.article_id = s.article_id
ORDER BY s.date DESC NULLS LAST, s.quotes DESC, s.name, s.article_id, s.speaker_id
