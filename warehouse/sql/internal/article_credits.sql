CREATE TABLE IF NOT EXISTS internal.article_credits (
    article_id VARCHAR PRIMARY KEY,
    agency VARCHAR,
    place VARCHAR,
    whole BOOLEAN NOT NULL,
    bracketed VARCHAR
);

COMMENT ON TABLE internal.article_credits IS 'The agency that each article credits, and where.';
