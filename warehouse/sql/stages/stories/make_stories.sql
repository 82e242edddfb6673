-- One row per story of `found`. Its first article gives the id and the headline.
WITH members AS (
    SELECT f.story_id, a.article_id, a.publisher, a.date, a.title, f.first_is_certain FROM found AS f JOIN articles AS a ON a.article_id = f.article_id
),
-- The words of titles, with the number of stories that have them in their titles; those in the text of many articles tell nothing.
title_words AS (
    SELECT DISTINCT story_id, article_id, unnest(regexp_extract_all(lower(title), '[\p{L}\p{N}]{3,}')) AS word FROM members
),
counted AS (
    SELECT story_id, word, count(*) AS here, count(*) OVER (PARTITION BY word) AS stories FROM title_words GROUP BY story_id, word
),
ranked AS (
    SELECT story_id, word, row_number() OVER (PARTITION BY story_id ORDER BY here / stories DESC, here DESC, word) AS rank FROM counted
),
telling AS (
    SELECT story_id, list(word ORDER BY rank) AS words FROM ranked WHERE rank <= 8 GROUP BY story_id
),
quoted AS (
    SELECT f.story_id, list_sort(list_distinct(list(q.speaker_name))) AS people
    FROM found AS f
    JOIN quotes AS q ON q.article_id = f.article_id
    WHERE q.speaker_kind = 'person' AND q.speaker_name IS NOT NULL
    GROUP BY f.story_id
)
SELECT
    m.story_id,
    any_value(m.title) FILTER (WHERE m.article_id = m.story_id) AS headline,
    any_value(m.publisher) FILTER (WHERE m.article_id = m.story_id) AS first_publisher,
    min(m.date) AS first_date,
    max(m.date) AS last_date,
    any_value(m.first_is_certain) AS first_is_certain,
    count(*) AS articles,
    coalesce(list_sort(list_distinct(list(m.publisher) FILTER (WHERE m.publisher IS NOT NULL))), []) AS outlets,
    coalesce(any_value(q.people), []) AS people,
    coalesce(any_value(t.words), []) AS words
FROM members AS m
LEFT JOIN quoted AS q ON q.story_id = m.story_id
LEFT JOIN telling AS t ON t.story_id = m.story_id
GROUP BY m.story_id
ORDER BY m.story_id
