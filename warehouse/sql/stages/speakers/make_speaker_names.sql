-- Every spelling of a speaker, and when it was used.
SELECT
    s.speaker_id,
    s.name,
    count(DISTINCT s.article_id) AS articles,
    count(*) AS quotes,
    min(a.date) AS first_date,
    max(a.date) AS last_date
FROM assigned AS s
JOIN quotes AS q ON q.article_id = s.article_id AND q.speaker_name = s.name
JOIN articles AS a ON a.article_id = s.article_id
WHERE q.speaker_kind NOT IN ('document', 'media')
GROUP BY s.speaker_id, s.name
ORDER BY ALL
