-- What stories rest on: metadata of an article, the cluster of its copies, who is quoted in it, and the code that counted its terms.
SELECT
    a.article_id AS id,
    md5(concat_ws('|', a.body_hash, coalesce(a.title, ''), coalesce(a.publisher, ''), coalesce(CAST(a.date AS VARCHAR), ''), coalesce(a.published_at, ''), c.cluster_id)) AS input_hash,
    coalesce(t.version, '') || coalesce(q.version, '') || coalesce(CAST(q.context_hash AS VARCHAR), '') || coalesce(w.version, '') || coalesce(CAST(w.input_hash AS VARCHAR), '') AS context_hash
FROM articles AS a
LEFT JOIN article_clusters AS c ON c.article_id = a.article_id
LEFT JOIN internal.ledger AS t ON t.stage = 'story_terms' AND t.id = a.article_id
LEFT JOIN internal.ledger AS q ON q.stage = 'quotes' AND q.id = a.article_id
LEFT JOIN internal.ledger AS w ON w.stage = 'credits' AND w.id = a.article_id
