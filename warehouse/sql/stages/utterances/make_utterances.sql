-- Utterances with the report that was first: those that were found, and those that stand and of which it is asked again.
WITH every AS (
    FROM made
    UNION ALL BY NAME
    FROM standing
)
SELECT
    e.utterance_id,
    e.text,
    e.speaker_name,
    f.article_id AS first_article_id,
    a.publisher AS first_publisher,
    a.date AS first_date,
    f.certain AS first_is_certain,
    e.articles,
    e.reports,
    e.conflicts
FROM every AS e
JOIN firsts AS f ON f.utterance_id = e.utterance_id
JOIN articles AS a ON a.article_id = f.article_id
ORDER BY e.utterance_id
