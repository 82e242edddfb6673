CREATE TABLE IF NOT EXISTS internal.state (
    key VARCHAR PRIMARY KEY,
    value VARCHAR NOT NULL
);

COMMENT ON TABLE internal.state IS 'Single facts: whether anything was written since the last publish, and what tells this file from one made from scratch.';
