CREATE TABLE IF NOT EXISTS quotes (
    quote_id VARCHAR PRIMARY KEY,
    article_id VARCHAR NOT NULL,
    quote_index INTEGER NOT NULL,
    type VARCHAR NOT NULL,
    quote VARCHAR NOT NULL,
    quote_start BIGINT NOT NULL,
    quote_end BIGINT NOT NULL,
    content_start BIGINT NOT NULL,
    content_end BIGINT NOT NULL,
    cue VARCHAR,
    cue_start BIGINT,
    cue_end BIGINT,
    speaker_mention VARCHAR,
    speaker_start BIGINT,
    speaker_end BIGINT,
    speaker_name VARCHAR,
    speaker_kind VARCHAR,
    speaker_role VARCHAR,
    speaker_id VARCHAR,
    part_of INTEGER,
    confidence DOUBLE NOT NULL,
    speaker_organisation VARCHAR
);

COMMENT ON TABLE quotes IS 'What was said in each article, with cue and speaker. Offsets count characters of articles.body from 0, end-exclusive.';
COMMENT ON COLUMN quotes.quote_id IS 'Hash of the article and the place in it.';
COMMENT ON COLUMN quotes.article_id IS 'The article.';
COMMENT ON COLUMN quotes.quote_index IS 'From 0 within the article, in order of quote_start.';
COMMENT ON COLUMN quotes.type IS 'direct, partial or indirect.';
COMMENT ON COLUMN quotes.quote IS 'The words, without the marks; for indirect speech the reported clause.';
COMMENT ON COLUMN quotes.quote_start IS 'Where quote begins in body.';
COMMENT ON COLUMN quotes.quote_end IS 'Where quote ends in body.';
COMMENT ON COLUMN quotes.content_start IS 'Where the whole attributed clause begins; equal to quote_start where direct.';
COMMENT ON COLUMN quotes.content_end IS 'Where the whole attributed clause ends.';
COMMENT ON COLUMN quotes.cue IS 'The word or words that attribute the quote, such as said.';
COMMENT ON COLUMN quotes.cue_start IS 'Where the cue begins in body.';
COMMENT ON COLUMN quotes.cue_end IS 'Where the cue ends in body.';
COMMENT ON COLUMN quotes.speaker_mention IS 'The speaker as named at the cue; may be a pronoun or a role.';
COMMENT ON COLUMN quotes.speaker_start IS 'Where the mention begins in body.';
COMMENT ON COLUMN quotes.speaker_end IS 'Where the mention ends in body.';
COMMENT ON COLUMN quotes.speaker_name IS 'The resolved name, taken from the text.';
COMMENT ON COLUMN quotes.speaker_kind IS 'person, organisation, group, unnamed, document or media.';
COMMENT ON COLUMN quotes.speaker_role IS 'Role or office the text gives the speaker.';
COMMENT ON COLUMN quotes.speaker_id IS 'Row of speakers; null where nobody is named, and for documents and media.';
COMMENT ON COLUMN quotes.part_of IS 'quote_index of the quote whose continuation this is.';
COMMENT ON COLUMN quotes.confidence IS 'Estimated chance that words, mention and resolved name are right.';
COMMENT ON COLUMN quotes.speaker_organisation IS 'The body where the speaker is what speaker_role says, where the text names it.';
