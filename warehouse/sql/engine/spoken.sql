-- Articles with what is said in them, but for their words.
SELECT
    a.article_id AS id,
    a.publisher,
    strftime(a.date, '%Y-%m-%d') AS date,
    CASE WHEN c.size > 1 THEN c.cluster_id END AS cluster,
    a.body AS text,
    coalesce(s.said, []) AS said
FROM articles AS a
JOIN article_clusters AS c USING (article_id)
LEFT JOIN (
    SELECT
        article_id,
        list(
            {
                'start': statement_start,
                'end': statement_end,
                'type': type,
                'quote_index': quote_index,
                'speaker_name': speaker_name,
                'speaker_kind': speaker_kind,
                'speaker_mention': speaker_mention,
                'confidence': confidence,
                'words': words
            }
            ORDER BY statement_start, statement_end
        ) AS said
    FROM internal.statements
    WHERE article_id IN (SELECT id FROM wanted)
    GROUP BY article_id
) AS s ON s.article_id = a.article_id
WHERE a.article_id IN (SELECT id FROM wanted)
ORDER BY id
