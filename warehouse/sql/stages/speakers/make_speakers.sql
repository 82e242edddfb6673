-- One row per speaker. The spelling shown is the most frequent one of several words, the first in order where several are.
WITH spellings AS (
    SELECT
        speaker_id,
        name,
        row_number() OVER (PARTITION BY speaker_id ORDER BY contains(trim(name), ' ') DESC, count(*) DESC, name) AS rank
    FROM said
    GROUP BY speaker_id, name
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
    any_value(n.name) AS name,
    any_value(k.speaker_kind) AS kind,
    list_sort(list_distinct(list(q.name))) AS variants,
    coalesce(list_sort(list_distinct(list(q.speaker_role) FILTER (WHERE q.speaker_role IS NOT NULL))), []) AS roles,
    count(*) AS quotes,
    count(DISTINCT q.article_id) AS articles
FROM said AS q
JOIN spellings AS n ON n.speaker_id = q.speaker_id AND n.rank = 1
JOIN kinds AS k ON k.speaker_id = q.speaker_id AND k.rank = 1
GROUP BY q.speaker_id
ORDER BY q.speaker_id
