-- Those with most copies, each by its first report.
WITH largest AS (
    SELECT c.size, c.cluster_id, c.canonical_id, c.first_is_certain, a.date
    FROM article_clusters AS c
    LEFT JOIN articles AS a ON a.article_id = c.canonical_id
    WHERE c.article_id = c.canonical_id
    ORDER BY c.size DESC, a.date DESC NULLS LAST, c.cluster_id
    LIMIT $rows
),
titles AS (
    SELECT a.article_id, a.publisher, left(coalesce(a.title, a.body), 80) AS title
    FROM (SELECT DISTINCT canonical_id AS article_id FROM largest) AS shown
    JOIN articles AS a ON a.article_id = shown.article_id
)
SELECT c.size AS copies, c.date, a.publisher AS first_publisher, a.title AS first_title, c.first_is_certain
FROM largest AS c
LEFT JOIN titles AS a ON a.article_id = c.canonical_id
ORDER BY c.size DESC, c.date DESC NULLS LAST, c.cluster_id
