INSERT INTO quotes BY NAME
-- The quotes that hold the words of a reviewed correction, if it is one quote that does; what continues it is by the same speaker.
WITH asked AS (
    SELECT n.id, n.quote_index, d.decision, d.speaker, d.speaker_kind, count(*) OVER (PARTITION BY d.decision) AS found
    FROM internal.decisions AS d
    JOIN new_quotes AS n ON n.id = d.articles[1]
    JOIN articles AS a ON a.article_id = n.id
    WHERE d.kind = 'quote' AND contains(
        lower(regexp_replace(substr(a.body, n.start + 1, n."end" - n.start), '\s+', ' ', 'g')),
        lower(regexp_replace(trim(d.words), '\s+', ' ', 'g'))
    )
),
decided AS (
    SELECT id, quote_index, first(speaker ORDER BY decision) AS speaker, first(speaker_kind ORDER BY decision) AS speaker_kind
    FROM asked
    WHERE found = 1
    GROUP BY id, quote_index
),
told AS (
    SELECT n.* REPLACE (
        coalesce(d.speaker, n.speaker_name) AS speaker_name,
        coalesce(d.speaker_kind, n.speaker_kind) AS speaker_kind,
        CASE WHEN d.speaker IS NULL THEN n.confidence ELSE 1 END AS confidence,
        CASE WHEN d.speaker IS NULL OR d.speaker = n.speaker_name THEN n.speaker_role END AS speaker_role,
        CASE WHEN d.speaker IS NULL OR d.speaker = n.speaker_name THEN n.speaker_organisation END AS speaker_organisation
    )
    FROM new_quotes AS n
    LEFT JOIN decided AS d ON d.id = n.id AND d.quote_index = coalesce(n.part_of, n.quote_index)
)
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
    FROM (SELECT q.id, list(q) AS quotes FROM told AS q GROUP BY q.id) AS g
    JOIN articles AS a ON a.article_id = g.id
) AS q
