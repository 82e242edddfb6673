-- Of the newest articles.
WITH newest AS (
    SELECT s.article_id, a.date, a.title
    FROM signatures AS s
    LEFT JOIN articles AS a ON a.article_id = s.article_id
    ORDER BY a.date DESC NULLS LAST, a.title, s.article_id
    LIMIT $rows
),
titles AS (
    SELECT a.article_id, a.publisher, left(coalesce(a.title, a.body), 80) AS title
    FROM (SELECT DISTINCT article_id FROM newest) AS shown
    JOIN articles AS a ON a.article_id = shown.article_id
)
SELECT n.date, a.publisher, a.title, s.words, s.shingles
FROM newest AS n
JOIN signatures AS s ON s.article_id = n.article_id
LEFT JOIN titles AS a ON a.article_id = n.article_id
ORDER BY n.date DESC NULLS LAST, n.title, n.article_id
