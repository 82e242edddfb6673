CREATE TABLE IF NOT EXISTS speakers (
    speaker_id VARCHAR PRIMARY KEY,
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    variants VARCHAR[] NOT NULL,
    roles VARCHAR[] NOT NULL,
    quotes BIGINT NOT NULL,
    articles BIGINT NOT NULL
);

COMMENT ON TABLE speakers IS 'Who is quoted. Documents and media are never speakers.';
COMMENT ON COLUMN speakers.speaker_id IS 'Hash of the folded name; for somebody unnamed also of the article: the official of one article is not that of another.';
COMMENT ON COLUMN speakers.name IS 'The spelling most often used.';
COMMENT ON COLUMN speakers.kind IS 'person, organisation, group or unnamed.';
COMMENT ON COLUMN speakers.variants IS 'All spellings in the corpus.';
COMMENT ON COLUMN speakers.roles IS 'All roles that articles give the speaker.';
COMMENT ON COLUMN speakers.quotes IS 'Number of quotes.';
COMMENT ON COLUMN speakers.articles IS 'Number of articles with a quote.';
