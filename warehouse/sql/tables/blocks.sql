CREATE TABLE IF NOT EXISTS blocks (
    document_id VARCHAR NOT NULL,
    block_start BIGINT NOT NULL,
    block_end BIGINT NOT NULL,
    kind VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    score DOUBLE,
    text VARCHAR,
    PRIMARY KEY (document_id, block_start, block_end, kind)
);

COMMENT ON TABLE blocks IS 'Every span of every readable document with its verdict: kept as body, or removed with kind and reason.';
COMMENT ON COLUMN blocks.document_id IS 'The record, as in documents.';
COMMENT ON COLUMN blocks.block_start IS 'Offset in documents.raw_text, in characters from 0.';
COMMENT ON COLUMN blocks.block_end IS 'Offset after the last character.';
COMMENT ON COLUMN blocks.kind IS 'body where kept, else what the removed text is.';
COMMENT ON COLUMN blocks.reason IS 'What the verdict rests on: a rule''s name, repetition, or the line model.';
COMMENT ON COLUMN blocks.score IS 'How much like body the line model finds it, 0 to 1, also where a rule or repetition decided; null where the model was not asked.';
COMMENT ON COLUMN blocks.text IS 'The span itself, as found.';
