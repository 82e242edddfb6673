-- asset: quotes
-- promise: body[start:end] is the quote, the cue and the mention.
WITH places AS NOT MATERIALIZED (
    SELECT article_id, quote_id, quote_start AS start, quote_end AS "end", quote AS words FROM quotes
    UNION ALL
    SELECT article_id, quote_id, cue_start, cue_end, cue FROM quotes WHERE cue IS NOT NULL
    UNION ALL
    SELECT article_id, quote_id, speaker_start, speaker_end, speaker_mention FROM quotes WHERE speaker_start IS NOT NULL
)
SELECT p.quote_id
FROM places AS p
LEFT JOIN articles AS a ON a.article_id = p.article_id
WHERE coalesce(strlen(a.body), 0) <= 8192
    AND (p.start < 0 OR p."end" <= p.start OR substr(a.body, p.start + 1, p."end" - p.start) IS DISTINCT FROM p.words)
UNION ALL
-- In long bodies all places are found in one pass, where substr counts from the start for each.
SELECT place.quote_id
FROM (
    SELECT unnest(places) AS place, unnest(spans(body, [s.start FOR s IN places], [s."end" FOR s IN places])) AS found
    FROM (
        SELECT any_value(a.body) AS body, list({'quote_id': p.quote_id, 'start': p.start, 'end': p."end", 'words': p.words}) AS places
        FROM places AS p
        JOIN articles AS a ON a.article_id = p.article_id
        WHERE strlen(a.body) > 8192
        GROUP BY a.article_id
    )
)
WHERE place.start < 0 OR place."end" <= place.start OR found IS DISTINCT FROM place.words
