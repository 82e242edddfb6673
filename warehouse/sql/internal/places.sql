CREATE TABLE IF NOT EXISTS internal.places (
    document_id VARCHAR PRIMARY KEY,
    root VARCHAR NOT NULL,
    path VARCHAR NOT NULL,
    record_key VARCHAR
);

COMMENT ON TABLE internal.places IS 'Which corpus folder each record belongs to, so that equal paths in two folders stay two records.';
