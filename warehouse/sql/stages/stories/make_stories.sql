-- One row per story of `found`. Its first article gives the id and the headline; where that has no title, the earliest that has one. What sets it apart
-- are the words of its titles (`title_words`) that stand in the beginnings of few articles (`spread`), those in many titles of the story first.
WITH members AS (
    SELECT f.story_id, a.article_id, a.publisher, a.date, a.title, f.first_is_certain FROM found AS f JOIN articles AS a ON a.article_id = f.article_id
),
counted AS (
    SELECT f.story_id, t.word, count(*) AS here FROM title_words AS t JOIN found AS f ON f.article_id = t.article_id GROUP BY f.story_id, t.word
),
ranked AS (
    SELECT
        c.story_id,
        c.word,
        row_number() OVER (
            PARTITION BY c.story_id
            ORDER BY c.here * ln((1 + (SELECT count(*) FROM articles)) / s.articles) DESC, c.word
        ) AS rank
    FROM counted AS c
    JOIN spread AS s ON s.word = c.word
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
    arg_min(m.title, (m.article_id != m.story_id, coalesce(m.date, DATE '9999-12-31'), m.article_id)) FILTER (WHERE m.title IS NOT NULL) AS headline,
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
