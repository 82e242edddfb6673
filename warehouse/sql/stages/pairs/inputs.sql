-- What duplicate pairs rest on: body, publisher, day and correction of an article, and the code that sketched it.
SELECT
    a.article_id AS id,
    md5(a.body_hash || coalesce(a.publisher, '') || coalesce(CAST(a.date AS VARCHAR), '') || coalesce(a.correction, '')) AS input_hash,
    coalesce(l.version, '') AS context_hash
FROM articles AS a
LEFT JOIN internal.ledger AS l ON l.stage = 'signatures' AND l.id = a.article_id
