CREATE TABLE IF NOT EXISTS internal.compared_names (
    kind VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    other VARCHAR,
    score DOUBLE,
    article_id VARCHAR
);

COMMENT ON TABLE internal.compared_names IS 'What was compared to tell speakers: names of people (full, or a part of one), pairs of these that may be of one person (alike), and short forms of organisations with full names and the article that gives both (short).';
