-- The newest copies, the surest first.
SELECT date, publisher, title, kind, jaccard, first_publisher, first_date, first_is_certain, reason
FROM reprints
ORDER BY date DESC NULLS LAST, jaccard DESC NULLS LAST, article_id
LIMIT $rows
