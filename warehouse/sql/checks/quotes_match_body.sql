-- asset: quotes
-- promise: body[start:end] is the quote, the cue and the mention.
SELECT q.quote_id
FROM quotes AS q
LEFT JOIN articles AS a ON a.article_id = q.article_id
WHERE a.article_id IS NULL
    OR q.quote_start < 0
    OR q.quote_end <= q.quote_start
    OR substr(a.body, q.quote_start + 1, q.quote_end - q.quote_start) IS DISTINCT FROM q.quote
    OR (q.cue IS NOT NULL AND substr(a.body, q.cue_start + 1, q.cue_end - q.cue_start) IS DISTINCT FROM q.cue)
    OR (
        q.speaker_start IS NOT NULL
        AND substr(a.body, q.speaker_start + 1, q.speaker_end - q.speaker_start) IS DISTINCT FROM q.speaker_mention
    )
