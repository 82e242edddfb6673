CREATE TABLE IF NOT EXISTS internal.story_terms (
    article_id VARCHAR PRIMARY KEY,
    words UBIGINT[] NOT NULL,
    words_counts INTEGER[] NOT NULL,
    lead UBIGINT[] NOT NULL,
    lead_counts INTEGER[] NOT NULL,
    pairs UBIGINT[] NOT NULL,
    pairs_counts INTEGER[] NOT NULL,
    numbers UBIGINT[] NOT NULL,
    numbers_counts INTEGER[] NOT NULL,
    days SMALLINT NOT NULL
);

COMMENT ON TABLE internal.story_terms IS 'The counted terms of each article, from which stories are made.';
