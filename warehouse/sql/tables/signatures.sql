CREATE TABLE IF NOT EXISTS signatures (
    article_id VARCHAR PRIMARY KEY,
    text_hash VARCHAR NOT NULL,
    words BIGINT NOT NULL,
    shingles BIGINT NOT NULL,
    signature UINTEGER[] NOT NULL,
    sketch UBIGINT[] NOT NULL,
    beside UINTEGER[] NOT NULL
);

COMMENT ON TABLE signatures IS 'MinHash signature and bottom sketch of each article''s 5-word shingles, from which duplicate candidates are drawn.';
COMMENT ON COLUMN signatures.article_id IS 'The article.';
COMMENT ON COLUMN signatures.text_hash IS 'Equal for bodies that are equal after folding.';
COMMENT ON COLUMN signatures.words IS 'Number of words.';
COMMENT ON COLUMN signatures.shingles IS 'Number of distinct 5-word shingles.';
COMMENT ON COLUMN signatures.signature IS 'As datasketch.MinHash.hashvalues for the same shingle hashes; empty where the text is too short to shingle.';
COMMENT ON COLUMN signatures.sketch IS 'The smallest shingle hashes, ascending.';
COMMENT ON COLUMN signatures.beside IS 'For each hash of sketch, parts of the shingles half a window to either side: tells a shared passage from a shared phrase.';
