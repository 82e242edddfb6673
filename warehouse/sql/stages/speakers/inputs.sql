-- Every article that was read for quotes, by which code, with its day and words: a family name alone is read by story and time.
-- Also what was decided on names in it.
WITH decided AS (
    SELECT q.article_id, md5(string_agg(DISTINCT d.wording, ',' ORDER BY d.wording)) AS context_hash
    FROM (SELECT wording, unnest(names) AS name FROM internal.decisions) AS d
    JOIN quotes AS q ON lower(strip_accents(trim(q.speaker_name))) = lower(strip_accents(trim(d.name)))
    GROUP BY q.article_id
)
SELECT
    q.id,
    md5(concat_ws('|', q.input_hash, q.version, q.context_hash, coalesce(CAST(a.date AS VARCHAR), ''))) AS input_hash,
    coalesce(s.version, '') || coalesce(d.context_hash, '') AS context_hash
FROM internal.ledger AS q
LEFT JOIN articles AS a ON a.article_id = q.id
LEFT JOIN internal.ledger AS s ON s.stage = 'statements' AND s.id = q.id
LEFT JOIN decided AS d ON d.article_id = q.id
WHERE q.stage = 'quotes'
