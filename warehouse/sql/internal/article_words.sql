CREATE TABLE IF NOT EXISTS internal.article_words (
    article_id VARCHAR PRIMARY KEY,
    words UBIGINT[] NOT NULL
);

COMMENT ON TABLE internal.article_words IS 'The hashes of the distinct words of each article, by which utterances are looked for in articles that are alike.';
