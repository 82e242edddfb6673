CREATE TABLE IF NOT EXISTS capped_buckets (
    bucket VARCHAR PRIMARY KEY,
    members BIGINT NOT NULL,
    kept BIGINT NOT NULL,
    kept_id VARCHAR NOT NULL
);

COMMENT ON TABLE capped_buckets IS 'Candidate buckets too full to compare all with all; their members were linked to those kept only.';
COMMENT ON COLUMN capped_buckets.bucket IS 'The band or shingle that filled it.';
COMMENT ON COLUMN capped_buckets.members IS 'Articles in it.';
COMMENT ON COLUMN capped_buckets.kept IS 'Articles that the others were compared with.';
COMMENT ON COLUMN capped_buckets.kept_id IS 'The article that all members were linked to.';
