-- The surest: those that share most.
WITH surest AS (
    SELECT p.kind, p.jaccard, p.reason, p.a_id, p.b_id, greatest(a.date, b.date) AS newest
    FROM duplicate_pairs AS p
    LEFT JOIN articles AS a ON a.article_id = p.a_id
    LEFT JOIN articles AS b ON b.article_id = p.b_id
    ORDER BY p.jaccard DESC, newest DESC NULLS LAST, p.a_id, p.b_id
    LIMIT $rows
),
titles AS (
    SELECT a.article_id, a.publisher, left(coalesce(a.title, a.body), 80) AS title
    FROM (SELECT a_id AS article_id FROM surest UNION SELECT b_id AS article_id FROM surest) AS shown
    JOIN articles AS a ON a.article_id = shown.article_id
)
SELECT p.kind, p.jaccard, a.publisher, a.title, b.publisher AS other_publisher, b.title AS other_title, p.reason
FROM surest AS p
LEFT JOIN titles AS a ON a.article_id = p.a_id
LEFT JOIN titles AS b ON b.article_id = p.b_id
ORDER BY p.jaccard DESC, p.newest DESC NULLS LAST, p.a_id, p.b_id
