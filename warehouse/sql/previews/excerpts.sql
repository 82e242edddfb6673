-- Those that hold most of another.
WITH most AS (
    SELECT publisher, article_id, date, share, source_publisher, source_id, source_date, reason
    FROM excerpts
    ORDER BY share DESC NULLS LAST, date DESC NULLS LAST, article_id, source_id
    LIMIT $rows
),
titles AS (
    SELECT a.article_id, a.publisher, left(coalesce(a.title, a.body), 80) AS title
    FROM (SELECT article_id AS article_id FROM most UNION SELECT source_id AS article_id FROM most) AS shown
    JOIN articles AS a ON a.article_id = shown.article_id
)
SELECT e.publisher, a.title, e.date, e.share, e.source_publisher, o.title AS source_title, e.source_date, e.reason
FROM most AS e
LEFT JOIN titles AS a ON a.article_id = e.article_id
LEFT JOIN titles AS o ON o.article_id = e.source_id
ORDER BY e.share DESC NULLS LAST, e.date DESC NULLS LAST, e.article_id, e.source_id
