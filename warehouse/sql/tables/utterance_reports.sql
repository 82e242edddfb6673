CREATE TABLE IF NOT EXISTS utterance_reports (
    utterance_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    report_start BIGINT NOT NULL,
    report_end BIGINT NOT NULL,
    quote_index INTEGER,
    type VARCHAR NOT NULL,
    relation VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    speaker_name VARCHAR,
    speaker_mention VARCHAR,
    speaker_in_group VARCHAR,
    counts BOOLEAN NOT NULL
);

COMMENT ON TABLE utterance_reports IS 'Where an utterance is printed, in which words, and whom that article names. Offsets count characters of articles.body from 0, end-exclusive.';
COMMENT ON COLUMN utterance_reports.utterance_id IS 'The utterance.';
COMMENT ON COLUMN utterance_reports.article_id IS 'The article.';
COMMENT ON COLUMN utterance_reports.report_start IS 'Where the words begin in body.';
COMMENT ON COLUMN utterance_reports.report_end IS 'Where the words end in body.';
COMMENT ON COLUMN utterance_reports.quote_index IS 'The quote of the article that the words are of; null where they stand in marks and are nobody''s quote.';
COMMENT ON COLUMN utterance_reports.type IS 'direct, partial or indirect.';
COMMENT ON COLUMN utterance_reports.relation IS 'How the words stand to the utterance''s text: verbatim, excerpt, edited, retranslated or indirect.';
COMMENT ON COLUMN utterance_reports.text IS 'The words.';
COMMENT ON COLUMN utterance_reports.speaker_name IS 'The name that this article gives; whom "he" stands for is decided in the light of the other reports. Null where it names nobody.';
COMMENT ON COLUMN utterance_reports.speaker_mention IS 'The speaker as this article has it at the cue: a name, a pronoun or a role.';
COMMENT ON COLUMN utterance_reports.speaker_in_group IS 'Whom most articles name, next to what this one says and never in its place.';
COMMENT ON COLUMN utterance_reports.counts IS 'False for a copy of an article that has the words before: copies are one report.';
