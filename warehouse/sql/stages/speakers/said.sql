-- All quotes of the speakers that are counted again, by names that were found, and by those that stand as they did.
WITH assigned AS (
    SELECT article_id, name, speaker_id FROM found WHERE speaker_id IN (SELECT speaker_id FROM touched)
    UNION
    SELECT article_id, name, speaker_id
    FROM speaker_articles
    WHERE speaker_id IN (SELECT speaker_id FROM touched)
        AND name NOT IN (SELECT name FROM names)
        AND article_id NOT IN (SELECT id FROM changed)
)
SELECT s.speaker_id, s.article_id, s.name, a.date, q.speaker_kind, q.speaker_role
FROM assigned AS s
JOIN quotes AS q ON q.article_id = s.article_id AND q.speaker_name = s.name
JOIN articles AS a ON a.article_id = s.article_id
WHERE q.speaker_kind NOT IN ('document', 'media')
