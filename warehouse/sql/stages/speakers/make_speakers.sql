-- One row per name, folded. The spelling shown is the most frequent one, the first in order where several are.
WITH spellings AS (
    SELECT speaker_id, speaker_name, count(*) AS times
    FROM quotes
    WHERE speaker_id IS NOT NULL
    GROUP BY speaker_id, speaker_name
),
kinds AS (
    SELECT speaker_id, speaker_kind, count(*) AS times
    FROM quotes
    WHERE speaker_id IS NOT NULL
    GROUP BY speaker_id, speaker_kind
)
SELECT
    q.speaker_id,
    (SELECT s.speaker_name FROM spellings AS s WHERE s.speaker_id = q.speaker_id ORDER BY s.times DESC, s.speaker_name LIMIT 1) AS name,
    (SELECT k.speaker_kind FROM kinds AS k WHERE k.speaker_id = q.speaker_id ORDER BY k.times DESC, k.speaker_kind LIMIT 1) AS kind,
    list_sort(list_distinct(list(q.speaker_name))) AS variants,
    coalesce(list_sort(list_distinct(list(q.speaker_role) FILTER (WHERE q.speaker_role IS NOT NULL))), []) AS roles,
    count(*) AS quotes,
    count(DISTINCT q.article_id) AS articles
FROM quotes AS q
WHERE q.speaker_id IS NOT NULL
GROUP BY q.speaker_id
ORDER BY q.speaker_id
