INSERT OR REPLACE INTO quotes BY NAME
SELECT
    md5(q.id || ':' || q.start || ':' || q."end" || ':' || q.type) AS quote_id,
    q.id AS article_id,
    q.quote_index,
    q.type,
    q.quote,
    q.start AS quote_start,
    q."end" AS quote_end,
    q.content_start,
    q.content_end,
    q.cue,
    q.cue_start,
    q.cue_end,
    q.speaker_mention,
    q.speaker_start,
    q.speaker_end,
    q.speaker_name,
    q.speaker_kind,
    q.speaker_role,
    CASE
        WHEN q.speaker_kind IN ('document', 'media') THEN NULL
        WHEN q.speaker_kind = 'unnamed' AND trim(q.speaker_name) <> '' THEN md5(q.id || ':' || lower(trim(q.speaker_name)))
        WHEN trim(q.speaker_name) <> '' THEN md5(lower(strip_accents(trim(q.speaker_name))))
    END AS speaker_id,
    q.part_of,
    q.confidence,
    q.speaker_organisation
FROM (
    SELECT unnest(g.quotes, max_depth := 2), unnest(spans(a.body, [s.start FOR s IN g.quotes], [s."end" FOR s IN g.quotes])) AS quote
    FROM (SELECT q.id, list(q) AS quotes FROM new_quotes AS q GROUP BY q.id) AS g
    JOIN articles AS a ON a.article_id = g.id
) AS q
