-- The surest: those that have most of their text from another.
WITH surest AS (
    SELECT s.source, s.share, s.hours, s.article_id, s.source_id, a.date
    FROM article_sources AS s
    LEFT JOIN articles AS a ON a.article_id = s.article_id
    ORDER BY s.share DESC NULLS LAST, a.date DESC NULLS LAST, s.article_id, s.source_id, s.source
    LIMIT $rows
),
titles AS (
    SELECT a.article_id, a.publisher, left(coalesce(a.title, a.body), 80) AS title
    FROM (SELECT article_id AS article_id FROM surest UNION SELECT source_id AS article_id FROM surest) AS shown
    JOIN articles AS a ON a.article_id = shown.article_id
)
SELECT s.source, a.publisher, a.title, s.share, s.hours, o.title AS source_title
FROM surest AS s
LEFT JOIN titles AS a ON a.article_id = s.article_id
LEFT JOIN titles AS o ON o.article_id = s.source_id
ORDER BY s.share DESC NULLS LAST, s.date DESC NULLS LAST, s.article_id, s.source_id, s.source
