-- asset: quotes
-- promise: body[start:end] is the quote, the cue and the mention.
WITH places AS NOT MATERIALIZED (
    SELECT article_id, quote_id, quote_start AS start, quote_end AS "end", quote AS words FROM quotes
    UNION ALL
    SELECT article_id, quote_id, cue_start, cue_end, cue FROM quotes WHERE cue IS NOT NULL
    UNION ALL
    SELECT article_id, quote_id, speaker_start, speaker_end, speaker_mention FROM quotes WHERE speaker_start IS NOT NULL
),
-- DuckDB evaluates conditions in any order, so long bodies have to be out of its way.
bodies AS NOT MATERIALIZED (
    SELECT article_id, strlen(body) > 8192 AS is_long, CASE WHEN strlen(body) <= 8192 THEN body END AS body FROM articles
)
SELECT p.quote_id
FROM places AS p
LEFT JOIN bodies AS b ON b.article_id = p.article_id
WHERE b.is_long IS NOT TRUE AND (p.start < 0 OR p."end" <= p.start OR substr(b.body, p.start + 1, p."end" - p.start) IS DISTINCT FROM p.words)
UNION ALL
-- In long bodies all places are found in one pass, where substr counts from the start for each. They are gathered before the body joins them, which
-- would else be held once for each part of the rows.
SELECT place.quote_id
FROM (
    SELECT unnest(places) AS place, unnest(spans(body, [s.start FOR s IN places], [s."end" FOR s IN places])) AS found
    FROM (
        SELECT article_id, list({'quote_id': quote_id, 'start': start, 'end': "end", 'words': words}) AS places
        FROM places
        WHERE article_id IN (SELECT article_id FROM bodies WHERE is_long)
        GROUP BY article_id
    )
    JOIN articles USING (article_id)
)
WHERE place.start < 0 OR place."end" <= place.start OR found IS DISTINCT FROM place.words
