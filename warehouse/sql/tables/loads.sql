CREATE TABLE IF NOT EXISTS loads (
    load_id VARCHAR PRIMARY KEY,
    started_at TIMESTAMP NOT NULL,
    published_at TIMESTAMP,
    documents_new BIGINT NOT NULL,
    documents_changed BIGINT NOT NULL,
    documents_missing BIGINT NOT NULL,
    documents BIGINT,
    articles BIGINT,
    rejects BIGINT,
    duplicate_pairs BIGINT,
    quotes BIGINT
);

COMMENT ON TABLE loads IS 'Every load that changed something. What depends on the run or the clock stands here, and in columns named load_id or *_at.';
COMMENT ON COLUMN loads.load_id IS 'Identifier of the run.';
COMMENT ON COLUMN loads.started_at IS 'When it first wrote, UTC.';
COMMENT ON COLUMN loads.published_at IS 'When its result was published, UTC; null where it was cut short, its work then stands in a later load.';
COMMENT ON COLUMN loads.documents_new IS 'Records seen for the first time.';
COMMENT ON COLUMN loads.documents_changed IS 'Records with new content.';
COMMENT ON COLUMN loads.documents_missing IS 'Records no longer found.';
COMMENT ON COLUMN loads.documents IS 'Rows of documents when published.';
COMMENT ON COLUMN loads.articles IS 'Rows of articles when published.';
COMMENT ON COLUMN loads.rejects IS 'Rows of rejects when published.';
COMMENT ON COLUMN loads.duplicate_pairs IS 'Rows of duplicate_pairs when published.';
COMMENT ON COLUMN loads.quotes IS 'Rows of quotes when published.';
