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
    c.block.text
FROM (SELECT id, unnest(blocks) AS block FROM new_cleaned) AS c
