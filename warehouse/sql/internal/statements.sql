CREATE TABLE IF NOT EXISTS internal.statements (
    article_id VARCHAR NOT NULL,
    statement_start BIGINT NOT NULL,
    statement_end BIGINT NOT NULL,
    type VARCHAR NOT NULL,
    quote_index INTEGER,
    speaker_name VARCHAR,
    speaker_kind VARCHAR,
    speaker_mention VARCHAR,
    confidence DOUBLE NOT NULL,
    words VARCHAR NOT NULL
);

COMMENT ON TABLE internal.statements IS 'The sentences of every quote, and of words in marks that are nobody''s quote, from which utterances are made.';
