-- The text of a body block stands in documents.raw_text: it is filled in when the table is published (publish/blocks.sql). Far inside of a long
-- text, where it would have to be counted to, it is held.
INSERT INTO blocks BY NAME
SELECT
    c.id AS document_id,
    c.block.start AS block_start,
    c.block."end" AS block_end,
    c.block.kind,
    c.block.reason,
    c.block.score,
    CASE WHEN c.block.kind <> 'body' OR c.block.start > 20000 THEN c.text END AS text
FROM (
    SELECT
        n.id,
        unnest(n.blocks) AS block,
        unnest(spans(coalesce(n.source_text, d.raw_text), [b.start FOR b IN n.blocks], [b."end" FOR b IN n.blocks])) AS text
    FROM new_cleaned AS n
    JOIN documents AS d ON d.document_id = n.id
) AS c
