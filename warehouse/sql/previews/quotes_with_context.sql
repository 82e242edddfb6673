-- The surest of the newest articles.
SELECT date, publisher, speaker, speaker_role AS role, type, quote, title, confidence
FROM quotes_with_context
ORDER BY date DESC NULLS LAST, confidence DESC NULLS LAST, quote_id
LIMIT $rows
