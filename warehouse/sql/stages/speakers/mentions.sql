-- How often an article quotes somebody by a name, and in which roles: by some names, and all of articles that are new or changed.
-- Documents and media are never speakers.
SELECT
    q.article_id,
    datediff('day', DATE '1970-01-01', any_value(a.date)) AS day,
    q.speaker_name AS name,
    q.speaker_kind AS kind,
    string_agg(DISTINCT q.speaker_role, chr(31) ORDER BY q.speaker_role) AS roles,
    count(*) AS quotes
FROM quotes AS q
JOIN articles AS a ON a.article_id = q.article_id
WHERE trim(q.speaker_name) <> ''
    AND q.speaker_kind NOT IN ('document', 'media')
    AND (q.speaker_name IN (SELECT name FROM names) OR q.article_id IN (SELECT id FROM changed))
GROUP BY q.article_id, q.speaker_name, q.speaker_kind
