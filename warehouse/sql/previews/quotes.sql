-- The surest of the newest articles.
WITH newest AS (
    SELECT q.quote_id, q.article_id, a.date
    FROM quotes AS q
    LEFT JOIN articles AS a ON a.article_id = q.article_id
    ORDER BY a.date DESC NULLS LAST, q.confidence DESC NULLS LAST, q.quote_id
    LIMIT $rows
),
titles AS (
    SELECT a.article_id, a.publisher, left(coalesce(a.title, a.body), 80) AS title
    FROM (SELECT DISTINCT article_id FROM newest) AS shown
    JOIN articles AS a ON a.article_id = shown.article_id
)
SELECT n.date, a.publisher, q.type, coalesce(q.speaker_name, q.speaker_mention) AS speaker, q.quote, a.title, q.confidence
FROM newest AS n
JOIN quotes AS q ON q.quote_id = n.quote_id
LEFT JOIN titles AS a ON a.article_id = q.article_id
ORDER BY n.date DESC NULLS LAST, q.confidence DESC NULLS LAST, q.quote_id
