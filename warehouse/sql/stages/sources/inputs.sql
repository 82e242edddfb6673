-- What an article takes from others rests on its text, outlet and time, on its credit, and on the code that compared it.
-- `load_id` too: whoever writes an article again leaves the columns empty that are filled here.
SELECT
    a.article_id AS id,
    md5(concat_ws('|', a.body_hash, coalesce(a.publisher, ''), coalesce(CAST(a.date AS VARCHAR), ''), coalesce(a.published_at, ''), a.correction IS NOT NULL, a.load_id)) AS input_hash,
    coalesce(c.version, '') || coalesce(CAST(c.input_hash AS VARCHAR), '') || coalesce(p.version, '') || coalesce(CAST(p.context_hash AS VARCHAR), '') AS context_hash
FROM articles AS a
LEFT JOIN internal.ledger AS c ON c.stage = 'credits' AND c.id = a.article_id
LEFT JOIN internal.ledger AS p ON p.stage = 'pairs' AND p.id = a.article_id
