-- asset: speakers
-- promise: Every quote's speaker and the quote it continues exist.
SELECT q.quote_id FROM quotes AS q ANTI JOIN speakers AS s ON s.speaker_id = q.speaker_id WHERE q.speaker_id IS NOT NULL
UNION ALL
SELECT q.quote_id
FROM quotes AS q
ANTI JOIN quotes AS p ON p.article_id = q.article_id AND p.quote_index = q.part_of
WHERE q.part_of IS NOT NULL
