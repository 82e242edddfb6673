CREATE TABLE IF NOT EXISTS utterance_conflicts (
    utterance_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    a_article_id VARCHAR NOT NULL,
    a_start BIGINT NOT NULL,
    a_end BIGINT NOT NULL,
    b_article_id VARCHAR NOT NULL,
    b_start BIGINT NOT NULL,
    b_end BIGINT NOT NULL,
    a_words VARCHAR NOT NULL,
    b_words VARCHAR NOT NULL
);

COMMENT ON TABLE utterance_conflicts IS 'Two ways of reporting an utterance that contradict each other, each by its earliest report; quote_conflicts shows them with the texts.';
COMMENT ON COLUMN utterance_conflicts.utterance_id IS 'The utterance.';
COMMENT ON COLUMN utterance_conflicts.kind IS 'speaker, negation, number or date.';
COMMENT ON COLUMN utterance_conflicts.a_article_id IS 'The earliest article that has it the one way.';
COMMENT ON COLUMN utterance_conflicts.a_start IS 'Where its words begin in body.';
COMMENT ON COLUMN utterance_conflicts.a_end IS 'Where its words end in body.';
COMMENT ON COLUMN utterance_conflicts.b_article_id IS 'The earliest article that has it the other way.';
COMMENT ON COLUMN utterance_conflicts.b_start IS 'Where its words begin in body.';
COMMENT ON COLUMN utterance_conflicts.b_end IS 'Where its words end in body.';
COMMENT ON COLUMN utterance_conflicts.a_words IS 'What differs: the words of the one, lower case and without marks, or the speaker that it names.';
COMMENT ON COLUMN utterance_conflicts.b_words IS 'The words of the other, or the speaker that it names.';
