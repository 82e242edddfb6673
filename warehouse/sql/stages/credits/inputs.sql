-- Credits rest on the body, on fields that cleaning read, and on the lines that it took away.
SELECT
    a.article_id AS id,
    md5(concat_ws('|', a.body_hash, coalesce(a.byline, ''), coalesce(a.byline_agency, ''), d.content_hash)) AS input_hash,
    coalesce(l.version, '') AS context_hash
FROM articles AS a
JOIN documents AS d ON d.document_id = a.article_id
LEFT JOIN internal.ledger AS l ON l.stage = 'clean' AND l.id = a.article_id
