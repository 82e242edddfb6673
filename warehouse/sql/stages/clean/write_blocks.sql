INSERT OR REPLACE INTO blocks BY NAME
SELECT
    b.id AS document_id,
    b.start AS block_start,
    b."end" AS block_end,
    b.kind,
    b.reason,
    b.score,
    substr(b.source, b.start + 1, b."end" - b.start) AS text
FROM (
    SELECT c.id, unnest(c.blocks, recursive := true), coalesce(c.source_text, d.raw_text) AS source
    FROM new_cleaned AS c
    JOIN documents AS d ON d.document_id = c.id
) AS b
