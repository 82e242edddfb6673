-- Every spelling of a speaker, and when it was used.
SELECT
    speaker_id,
    name,
    count(DISTINCT article_id) AS articles,
    count(*) AS quotes,
    min(date) AS first_date,
    max(date) AS last_date
FROM said
GROUP BY speaker_id, name
ORDER BY ALL
