CREATE TABLE IF NOT EXISTS internal.document_lines (
    id VARCHAR NOT NULL,
    publisher VARCHAR NOT NULL,
    story_key UBIGINT NOT NULL,
    line_hash UBIGINT NOT NULL
);

COMMENT ON TABLE internal.document_lines IS 'Distinct lines of each document, from which repetition within a publisher is counted.';
