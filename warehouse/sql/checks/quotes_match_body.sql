-- asset: quotes
-- promise: body[start:end] is the quote, the cue and the mention.
SELECT place.quote_id
FROM (
    SELECT unnest(p.places) AS place, unnest(spans(a.body, [s.start FOR s IN p.places], [s."end" FOR s IN p.places])) AS found
    FROM (
        SELECT article_id, list({'quote_id': quote_id, 'start': start, 'end': "end", 'words': words}) AS places
        FROM (
            SELECT article_id, quote_id, quote_start AS start, quote_end AS "end", quote AS words FROM quotes
            UNION ALL
            SELECT article_id, quote_id, cue_start, cue_end, cue FROM quotes WHERE cue IS NOT NULL
            UNION ALL
            SELECT article_id, quote_id, speaker_start, speaker_end, speaker_mention FROM quotes WHERE speaker_start IS NOT NULL
        )
        GROUP BY article_id
    ) AS p
    LEFT JOIN articles AS a ON a.article_id = p.article_id
)
WHERE place.start < 0 OR place."end" <= place.start OR found IS DISTINCT FROM place.words
