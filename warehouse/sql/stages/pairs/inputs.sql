-- What duplicate pairs rest on: body, publisher, day and correction of an article, the code that sketched it, and what it is decided to be
-- no copy of.
WITH decided AS (
    SELECT article_id, md5(string_agg(wording, ',' ORDER BY decision)) AS context_hash
    FROM (SELECT decision, wording, unnest(articles) AS article_id FROM internal.decisions WHERE kind = 'articles')
    GROUP BY article_id
)
SELECT
    a.article_id AS id,
    md5(a.body_hash || coalesce(a.publisher, '') || coalesce(CAST(a.date AS VARCHAR), '') || coalesce(a.correction, '')) AS input_hash,
    coalesce(l.version, '') || coalesce(d.context_hash, '') AS context_hash
FROM articles AS a
LEFT JOIN internal.ledger AS l ON l.stage = 'signatures' AND l.id = a.article_id
LEFT JOIN decided AS d ON d.article_id = a.article_id
