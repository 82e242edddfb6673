-- The speakers to count again: those of changed articles, and those to whom a name was given, or from whom it was taken.
WITH before AS (
    SELECT article_id, name, speaker_id
    FROM speaker_articles
    WHERE name IN (SELECT name FROM names) OR article_id IN (SELECT id FROM changed)
)
SELECT speaker_id FROM (FROM before EXCEPT SELECT article_id, name, speaker_id FROM found)
UNION
SELECT speaker_id FROM (SELECT article_id, name, speaker_id FROM found EXCEPT FROM before)
UNION
SELECT speaker_id FROM (FROM before UNION SELECT article_id, name, speaker_id FROM found) WHERE article_id IN (SELECT id FROM changed)
