CREATE TABLE IF NOT EXISTS internal.compared_names (
    kind VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    other VARCHAR,
    score DOUBLE,
    article_id VARCHAR,
    words VARCHAR,
    sounds VARCHAR
);

COMMENT ON TABLE internal.compared_names IS 'What was compared to tell speakers: names of people (full, turned, or part of one) and organisations with the words and sounds by which they meet others, pairs of people that may be one (alike), and short forms of organisations with full names and the article that gives both (short).';
