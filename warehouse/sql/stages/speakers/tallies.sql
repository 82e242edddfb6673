-- How often all articles quote somebody who has a name, as which kind of speaker, and whether an article does that is new or changed.
SELECT speaker_name AS name, speaker_kind AS kind, count(*) AS quotes, bool_or(article_id IN (SELECT id FROM changed)) AS changed
FROM quotes
WHERE trim(speaker_name) <> '' AND speaker_kind NOT IN ('document', 'media', 'unnamed')
GROUP BY ALL
