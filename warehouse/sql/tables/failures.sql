CREATE TABLE IF NOT EXISTS failures (
    article_id VARCHAR NOT NULL,
    stage VARCHAR NOT NULL,
    message VARCHAR NOT NULL,
    PRIMARY KEY (article_id, stage)
);

COMMENT ON TABLE failures IS 'Articles that a stage failed on: they have no rows of that stage. Empty unless Copydesk has a fault.';
COMMENT ON COLUMN failures.article_id IS 'The article, as in articles.';
COMMENT ON COLUMN failures.stage IS 'Which stage: quotes, the article could not be read for quotes; signatures, it is compared with no other.';
COMMENT ON COLUMN failures.message IS 'What happened and what to do.';
