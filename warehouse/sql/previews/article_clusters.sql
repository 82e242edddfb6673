-- Those with most copies, each by its first report.
SELECT c.size AS copies, a.date, a.publisher AS first_publisher, left(coalesce(a.title, a.body), 80) AS first_title, c.first_is_certain
FROM article_clusters AS c
LEFT JOIN articles AS a ON a.article_id = c.canonical_id
WHERE c.article_id = c.canonical_id
ORDER BY c.size DESC, a.date DESC NULLS LAST, c.cluster_id
LIMIT $rows
