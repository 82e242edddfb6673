-- Quotes refer to the speaker, whatever the spelling.
UPDATE quotes
SET speaker_id = s.speaker_id
FROM speaker_articles AS s
WHERE s.article_id = quotes.article_id
    AND s.name = quotes.speaker_name
    AND quotes.speaker_kind NOT IN ('document', 'media')
    AND quotes.speaker_id IS DISTINCT FROM s.speaker_id
