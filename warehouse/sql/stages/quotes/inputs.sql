-- Quotes rest on the body, and on what was decided on speakers in it.
SELECT a.article_id AS id, a.body_hash AS input_hash, coalesce(d.context_hash, '') AS context_hash
FROM articles AS a
LEFT JOIN (
    SELECT articles[1] AS article_id, md5(string_agg(wording, ',' ORDER BY decision)) AS context_hash
    FROM internal.decisions
    WHERE kind = 'quote'
    GROUP BY articles[1]
) AS d ON d.article_id = a.article_id
