-- Chunks of shown articles in order: how many articles each holds, and what tells its texts from others.
WITH spans AS (
    SELECT document_id AS article_id, sum(hash(kind, reason, block_start, block_end, text)) AS found
    FROM blocks
    WHERE document_id IN (SELECT article_id FROM shown)
    GROUP BY document_id
),
said AS (
    SELECT article_id, sum(hash(quote_index, quote_start, quote_end, type, speaker_name, speaker_mention, confidence)) AS found
    FROM quotes
    WHERE article_id IN (SELECT article_id FROM shown)
    GROUP BY article_id
)
SELECT
    shown.chunk AS number,
    count(*) AS articles,
    md5(string_agg(concat_ws(' ', shown.article_id, a.body_hash, coalesce(spans.found, 0), coalesce(said.found, 0)), chr(10) ORDER BY shown.place)) AS content
FROM shown
JOIN articles AS a ON a.article_id = shown.article_id
LEFT JOIN spans ON spans.article_id = shown.article_id
LEFT JOIN said ON said.article_id = shown.article_id
GROUP BY shown.chunk
ORDER BY shown.chunk
