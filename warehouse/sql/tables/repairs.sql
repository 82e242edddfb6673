CREATE TABLE IF NOT EXISTS repairs (
    document_id VARCHAR NOT NULL,
    repair_index INTEGER NOT NULL,
    repair_start BIGINT NOT NULL,
    repair_end BIGINT NOT NULL,
    kind VARCHAR NOT NULL,
    before VARCHAR NOT NULL,
    after VARCHAR NOT NULL,
    PRIMARY KEY (document_id, repair_index)
);

COMMENT ON TABLE repairs IS 'Every repair of characters, such as mojibake or stray invisible marks.';
COMMENT ON COLUMN repairs.document_id IS 'The record, as in documents.';
COMMENT ON COLUMN repairs.repair_index IS 'From 0 within the document.';
COMMENT ON COLUMN repairs.repair_start IS 'Offset in documents.raw_text.';
COMMENT ON COLUMN repairs.repair_end IS 'Offset after the last character.';
COMMENT ON COLUMN repairs.kind IS 'What was wrong.';
COMMENT ON COLUMN repairs.before IS 'As found.';
COMMENT ON COLUMN repairs.after IS 'As repaired.';
