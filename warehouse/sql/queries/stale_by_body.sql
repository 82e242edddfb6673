-- Articles whose body a stage has not worked on as it is now.
SELECT a.article_id AS id, a.body_hash AS input_hash, '' AS context_hash
FROM articles AS a
LEFT JOIN internal.ledger AS l ON l.stage = $stage AND l.id = a.article_id
WHERE l.input_hash IS DISTINCT FROM a.body_hash OR l.version <> $version
ORDER BY a.article_id
