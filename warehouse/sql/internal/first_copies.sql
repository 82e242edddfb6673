CREATE TABLE IF NOT EXISTS internal.first_copies (
    article_id VARCHAR PRIMARY KEY,
    canonical_id VARCHAR NOT NULL,
    first_is_certain BOOLEAN NOT NULL
);

COMMENT ON TABLE internal.first_copies IS 'What stands in article_clusters once times and credits are read.';
