CREATE TABLE IF NOT EXISTS internal.article_words (
    article_id VARCHAR PRIMARY KEY,
    words BLOB NOT NULL
);

COMMENT ON TABLE internal.article_words IS 'The distinct words of each article as a packed set of numbers of internal.terms, by which utterances are looked for in articles that are alike.';
