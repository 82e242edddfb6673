-- Articles whose body, publisher or day the duplicate pairs have not seen as they are now.
SELECT a.article_id AS id, md5(a.body_hash || coalesce(a.publisher, '') || coalesce(CAST(a.date AS VARCHAR), '')) AS input_hash, '' AS context_hash
FROM articles AS a
LEFT JOIN internal.ledger AS l ON l.stage = 'pairs' AND l.id = a.article_id
WHERE l.input_hash IS DISTINCT FROM md5(a.body_hash || coalesce(a.publisher, '') || coalesce(CAST(a.date AS VARCHAR), '')) OR l.version <> $version
ORDER BY a.article_id
