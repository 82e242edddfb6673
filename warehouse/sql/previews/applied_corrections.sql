-- Those without effect first, then where the others took effect.
SELECT c.file, c.entry, c.kind, c.wording, a.publisher, left(coalesce(a.title, a.body), 80) AS title, c.table_name, c.message
FROM applied_corrections AS c
LEFT JOIN articles AS a ON a.article_id = c.article_id
ORDER BY c.message IS NULL, c.file, c.entry, c.table_name, c.row_id
LIMIT $rows
