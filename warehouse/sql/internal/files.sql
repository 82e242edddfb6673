CREATE TABLE IF NOT EXISTS internal.files (
    root VARCHAR NOT NULL,
    path VARCHAR NOT NULL,
    size BIGINT NOT NULL,
    modified_ns BIGINT NOT NULL,
    content_hash VARCHAR NOT NULL,
    version VARCHAR NOT NULL,
    PRIMARY KEY (root, path)
);

COMMENT ON TABLE internal.files IS 'Files read to their end, with size and time stamp as they were and the version of the code that read them.';
