-- All names of the speakers that are counted again, article by article: those that were found, and those that stand as they did.
SELECT article_id, name, speaker_id FROM found WHERE speaker_id IN (SELECT speaker_id FROM touched)
UNION
SELECT article_id, name, speaker_id
FROM speaker_articles
WHERE speaker_id IN (SELECT speaker_id FROM touched)
    AND name NOT IN (SELECT name FROM names)
    AND article_id NOT IN (SELECT id FROM changed)
