-- The surest: those that share most.
SELECT p.kind, p.jaccard, a.publisher, left(coalesce(a.title, a.body), 80) AS title, b.publisher AS other_publisher, left(coalesce(b.title, b.body), 80) AS other_title, p.reason
FROM duplicate_pairs AS p
LEFT JOIN articles AS a ON a.article_id = p.a_id
LEFT JOIN articles AS b ON b.article_id = p.b_id
ORDER BY p.jaccard DESC, greatest(a.date, b.date) DESC NULLS LAST, p.a_id, p.b_id
LIMIT $rows
