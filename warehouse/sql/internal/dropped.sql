CREATE TABLE IF NOT EXISTS internal.dropped (
    document_id VARCHAR PRIMARY KEY,
    for_good BOOLEAN NOT NULL
);

COMMENT ON TABLE internal.dropped IS 'Records that were dropped: missing ones, which may come back, and forgotten ones, which are not read again. The published file may lose both.';
