CREATE TABLE IF NOT EXISTS internal.terms (
    number UINTEGER NOT NULL,
    hash UBIGINT NOT NULL
);

COMMENT ON TABLE internal.terms IS 'Numbers of the hashes of words, from 0 without gaps, by which other tables hold the words of articles. Frequent words have low ones.';
