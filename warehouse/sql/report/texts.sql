-- The long texts of each article, in the order of `articles`: body, the page span by span with verdicts, and where its quotes stand.
WITH spans AS (
    SELECT
        document_id,
        list({'kind': kind, 'reason': reason, 'start': block_start, 'text': text} ORDER BY block_start, block_end) AS page
    FROM blocks
    WHERE document_id IN (SELECT article_id FROM shown)
    GROUP BY document_id
),
said AS (
    SELECT
        article_id,
        list(
            {
                'start': quote_start,
                'end': quote_end,
                'type': type,
                'speaker': coalesce(speaker_name, speaker_mention),
                'confidence': round(confidence, 2)
            }
            ORDER BY quote_start, quote_end
        ) AS quotes
    FROM quotes
    WHERE article_id IN (SELECT article_id FROM shown)
    GROUP BY article_id
)
SELECT
    a.article_id AS id,
    a.body,
    spans.page,
    said.quotes
FROM shown
JOIN articles AS a ON a.article_id = shown.article_id
LEFT JOIN spans ON spans.document_id = a.article_id
LEFT JOIN said ON said.article_id = a.article_id
ORDER BY a.date DESC NULLS LAST, a.article_id
