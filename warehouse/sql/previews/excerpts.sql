-- Those that hold most of another.
SELECT e.publisher, left(coalesce(a.title, a.body), 80) AS title, e.date, e.share, e.source_publisher, left(coalesce(o.title, o.body), 80) AS source_title, e.source_date, e.reason
FROM excerpts AS e
LEFT JOIN articles AS a ON a.article_id = e.article_id
LEFT JOIN articles AS o ON o.article_id = e.source_id
ORDER BY e.share DESC NULLS LAST, e.date DESC NULLS LAST, e.article_id, e.source_id
LIMIT $rows
