-- Every article that was read for quotes, by which code, with its day and words: a family name alone is read by story and time.
SELECT
    q.id,
    md5(concat_ws('|', q.input_hash, q.version, coalesce(CAST(a.date AS VARCHAR), ''))) AS input_hash,
    coalesce(s.version, '') AS context_hash
FROM internal.ledger AS q
LEFT JOIN articles AS a ON a.article_id = q.id
LEFT JOIN internal.ledger AS s ON s.stage = 'statements' AND s.id = q.id
WHERE q.stage = 'quotes'
