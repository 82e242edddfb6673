-- asset: quotes
-- promise: body[start:end] is the quote, the cue and the mention.
-- `substr` counts from the start of the text for each part, so it is asked for parts near the start only: of a text of any length that is quick.
WITH places AS NOT MATERIALIZED (
    SELECT
        quote_id,
        article_id,
        quote,
        quote_start,
        quote_end,
        cue,
        cue_start,
        cue_end,
        speaker_mention,
        speaker_start,
        speaker_end,
        greatest(quote_end, cue_end, speaker_end) > 8192 AS is_far
    FROM quotes
)
SELECT q.quote_id
FROM places AS q
LEFT JOIN articles AS b ON b.article_id = q.article_id
WHERE NOT q.is_far AND (
    q.quote_start < 0
    OR q.quote_end <= q.quote_start
    OR substr(b.body, q.quote_start + 1, q.quote_end - q.quote_start) IS DISTINCT FROM q.quote
    OR (q.cue IS NOT NULL AND (
        q.cue_start < 0 OR q.cue_end <= q.cue_start OR substr(b.body, q.cue_start + 1, q.cue_end - q.cue_start) IS DISTINCT FROM q.cue
    ))
    OR (q.speaker_start IS NOT NULL AND (
        q.speaker_start < 0
        OR q.speaker_end <= q.speaker_start
        OR substr(b.body, q.speaker_start + 1, q.speaker_end - q.speaker_start) IS DISTINCT FROM q.speaker_mention
    ))
)
UNION ALL
-- All others of a body are found in one pass. They are gathered before the body joins them, which would else be held once for each part of the rows.
SELECT DISTINCT place.quote_id
FROM (
    SELECT unnest(r.places) AS place, unnest(spans(a.body, [s.start FOR s IN r.places], [s."end" FOR s IN r.places])) AS found
    FROM (
        SELECT article_id, list({'quote_id': quote_id, 'start': start, 'end': "end", 'words': words}) AS places
        FROM (
            SELECT article_id, quote_id, quote_start AS start, quote_end AS "end", quote AS words FROM places WHERE is_far
            UNION ALL
            SELECT article_id, quote_id, cue_start, cue_end, cue FROM places WHERE is_far AND cue IS NOT NULL
            UNION ALL
            SELECT article_id, quote_id, speaker_start, speaker_end, speaker_mention FROM places WHERE is_far AND speaker_start IS NOT NULL
        )
        GROUP BY article_id
    ) AS r
    LEFT JOIN articles AS a ON a.article_id = r.article_id
)
WHERE place.start < 0 OR place."end" <= place.start OR found IS DISTINCT FROM place.words
