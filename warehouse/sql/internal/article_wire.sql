CREATE TABLE IF NOT EXISTS internal.article_wire (
    article_id VARCHAR PRIMARY KEY,
    credited_to VARCHAR,
    wire DOUBLE NOT NULL
);

COMMENT ON TABLE internal.article_wire IS 'What stands in articles.credited_to and articles.wire, which are written after all texts were compared.';
