-- The newest.
SELECT date, publisher, title, correction, modified_at
FROM corrections
ORDER BY coalesce(modified_at, CAST(date AS VARCHAR)) DESC NULLS LAST, title, article_id
LIMIT $rows
