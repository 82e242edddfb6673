-- What utterances rest on: publisher, time, credit and copies of an article, its statements by which code, and what was decided on its speakers.
SELECT
    a.article_id AS id,
    md5(concat_ws('|', a.body_hash, coalesce(a.publisher, ''), coalesce(CAST(a.date AS VARCHAR), ''), coalesce(a.published_at, ''), a.correction IS NOT NULL, coalesce(c.cluster_id, ''))) AS input_hash,
    coalesce(s.context_hash || s.version, '') || coalesce(CAST(p.context_hash AS VARCHAR), '') || coalesce(w.version, '') || coalesce(CAST(w.input_hash AS VARCHAR), '') AS context_hash
FROM articles AS a
LEFT JOIN article_clusters AS c ON c.article_id = a.article_id
LEFT JOIN internal.ledger AS s ON s.stage = 'statements' AND s.id = a.article_id
LEFT JOIN internal.ledger AS p ON p.stage = 'speakers' AND p.id = a.article_id
LEFT JOIN internal.ledger AS w ON w.stage = 'credits' AND w.id = a.article_id
