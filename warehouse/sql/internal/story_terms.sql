CREATE TABLE IF NOT EXISTS internal.story_terms (
    article_id VARCHAR PRIMARY KEY,
    title BLOB NOT NULL,
    text BLOB NOT NULL,
    numbers BLOB NOT NULL,
    names BLOB NOT NULL,
    days SMALLINT NOT NULL
);

COMMENT ON TABLE internal.story_terms IS 'The words of each article in order, as packed numbers of internal.terms, from which the terms of stories are counted.';
