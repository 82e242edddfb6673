-- What stories rest on: metadata of an article, the cluster of its copies, who is quoted in it, which utterances it reports, and the code that counted its terms.
SELECT
    a.article_id AS id,
    md5(concat_ws('|', a.body_hash, coalesce(a.title, ''), coalesce(a.publisher, ''), coalesce(CAST(a.date AS VARCHAR), ''), coalesce(a.published_at, ''), a.correction IS NOT NULL, c.cluster_id)) AS input_hash,
    coalesce(t.version, '') || coalesce(q.version, '') || coalesce(CAST(q.context_hash AS VARCHAR), '') || coalesce(w.version, '') || coalesce(CAST(w.input_hash AS VARCHAR), '') || coalesce(u.reported, '') AS context_hash
FROM articles AS a
LEFT JOIN article_clusters AS c ON c.article_id = a.article_id
LEFT JOIN internal.ledger AS t ON t.stage = 'story_terms' AND t.id = a.article_id
LEFT JOIN internal.ledger AS q ON q.stage = 'quotes' AND q.id = a.article_id
LEFT JOIN internal.ledger AS w ON w.stage = 'credits' AND w.id = a.article_id
LEFT JOIN (
    SELECT article_id, md5(string_agg(DISTINCT utterance_id, ' ' ORDER BY utterance_id)) AS reported FROM utterance_reports GROUP BY article_id
) AS u ON u.article_id = a.article_id
