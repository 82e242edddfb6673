CREATE TABLE IF NOT EXISTS internal.compared_names (
    kind VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    other VARCHAR,
    score DOUBLE,
    article_id VARCHAR
);

COMMENT ON TABLE internal.compared_names IS 'What was compared to tell speakers: names of people (full, turned, or a part of one) and of organisations, with the words by which they meet others in the place of the other name and, behind a tab, their sounds; pairs of people that may be one (alike); short forms of organisations with full names and the article that gives both (short).';
