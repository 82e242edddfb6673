-- asset: quotes
-- promise: Of every publisher and language with twenty direct quotes or more, at most a third are without a speaker.
-- do: Look at them: titles and scare quotes count as quotes where a page marks them alike. Report pages whose speakers are named and not found.
SELECT
    a.publisher,
    a.language,
    count(*) AS direct_quotes,
    count(*) FILTER (q.speaker_mention IS NULL AND q.speaker_name IS NULL) AS without_speaker
FROM quotes AS q
JOIN articles AS a ON a.article_id = q.article_id
WHERE q.type = 'direct' AND q.part_of IS NULL
GROUP BY a.publisher, a.language
HAVING direct_quotes >= 20 AND without_speaker > direct_quotes / 3
ORDER BY without_speaker DESC, a.publisher, a.language
