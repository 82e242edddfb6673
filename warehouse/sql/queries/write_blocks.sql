-- What was removed stands in `removed`, finer than blocks where a stamp or credit is glued to a sentence; what was kept in `blocks`.
INSERT OR IGNORE INTO blocks BY NAME
WITH spans AS (
    SELECT c.id, unnest(c.removed, recursive := true), NULL AS score, coalesce(c.source_text, d.raw_text) AS source
    FROM cleaned AS c
    JOIN documents AS d ON d.document_id = c.id
    UNION ALL
    SELECT id, start, "end", kind, reason, score, source
    FROM (
        SELECT c.id, unnest(c.blocks, recursive := true), coalesce(c.source_text, d.raw_text) AS source
        FROM cleaned AS c
        JOIN documents AS d ON d.document_id = c.id
    )
    WHERE kind = 'body'
)
SELECT
    id AS document_id,
    start AS block_start,
    "end" AS block_end,
    kind,
    reason,
    score,
    substr(source, start + 1, "end" - start) AS text
FROM spans
