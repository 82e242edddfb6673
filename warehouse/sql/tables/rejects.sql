CREATE TABLE IF NOT EXISTS rejects (
    document_id VARCHAR PRIMARY KEY,
    path VARCHAR NOT NULL,
    record_key VARCHAR,
    line BIGINT,
    stage VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    message VARCHAR NOT NULL
);

COMMENT ON TABLE rejects IS 'Records that could not become articles, with the reason and what to do about it.';
COMMENT ON COLUMN rejects.document_id IS 'The record, as in documents.';
COMMENT ON COLUMN rejects.path IS 'Path of the file within the corpus folder.';
COMMENT ON COLUMN rejects.record_key IS 'Which record of a file of many.';
COMMENT ON COLUMN rejects.line IS 'Line of the file where the record stood, from 1, where that is known.';
COMMENT ON COLUMN rejects.stage IS 'ingest or clean: which stage refused it.';
COMMENT ON COLUMN rejects.reason IS 'One of a closed list, see docs/warehouse.md.';
COMMENT ON COLUMN rejects.message IS 'The value, what was allowed and what to do.';
