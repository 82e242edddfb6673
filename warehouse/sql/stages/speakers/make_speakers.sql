-- One row per speaker. The spelling shown is the most frequent one of several words, the first in order where several are.
WITH said AS (
    SELECT s.speaker_id, s.article_id, q.speaker_name, q.speaker_kind, q.speaker_role
    FROM assigned AS s
    JOIN quotes AS q ON q.article_id = s.article_id AND q.speaker_name = s.name
    WHERE q.speaker_kind NOT IN ('document', 'media')
),
spellings AS (
    SELECT
        speaker_id,
        speaker_name,
        row_number() OVER (
            PARTITION BY speaker_id ORDER BY contains(trim(speaker_name), ' ') DESC, count(*) DESC, speaker_name
        ) AS rank
    FROM said
    GROUP BY speaker_id, speaker_name
),
kinds AS (
    SELECT
        speaker_id,
        speaker_kind,
        row_number() OVER (PARTITION BY speaker_id ORDER BY count(*) DESC, speaker_kind) AS rank
    FROM said
    GROUP BY speaker_id, speaker_kind
)
SELECT
    q.speaker_id,
    any_value(n.speaker_name) AS name,
    any_value(k.speaker_kind) AS kind,
    list_sort(list_distinct(list(q.speaker_name))) AS variants,
    coalesce(list_sort(list_distinct(list(q.speaker_role) FILTER (WHERE q.speaker_role IS NOT NULL))), []) AS roles,
    count(*) AS quotes,
    count(DISTINCT q.article_id) AS articles
FROM said AS q
JOIN spellings AS n ON n.speaker_id = q.speaker_id AND n.rank = 1
JOIN kinds AS k ON k.speaker_id = q.speaker_id AND k.rank = 1
GROUP BY q.speaker_id
ORDER BY q.speaker_id
