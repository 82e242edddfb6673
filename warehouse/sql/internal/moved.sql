CREATE TABLE IF NOT EXISTS internal.moved (
    old_id VARCHAR PRIMARY KEY,
    new_id VARCHAR NOT NULL
);

COMMENT ON TABLE internal.moved IS 'Records whose file was moved or renamed: their first identity, and that which took its place. The published file may lose the first.';
