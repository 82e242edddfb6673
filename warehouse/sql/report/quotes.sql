-- Quotes of the shown articles whose speaker is known in the corpus, the surest first.
SELECT
    q.speaker_id AS speaker,
    q.article_id AS article,
    q.type,
    q.quote AS text,
    q.speaker_mention AS mention,
    q.speaker_role AS role,
    round(q.confidence, 2) AS confidence
FROM quotes AS q
WHERE q.speaker_id IS NOT NULL AND q.article_id IN (SELECT article_id FROM shown)
ORDER BY q.confidence DESC, q.quote_id
