CREATE TABLE IF NOT EXISTS internal.roots (
    root VARCHAR PRIMARY KEY
);

COMMENT ON TABLE internal.roots IS 'Corpus folders that were loaded as a whole. A file or folder inside of one belongs to it.';
