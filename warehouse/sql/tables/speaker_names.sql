CREATE TABLE IF NOT EXISTS speaker_names (
    speaker_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    articles BIGINT NOT NULL,
    quotes BIGINT NOT NULL,
    first_date DATE,
    last_date DATE
);

COMMENT ON TABLE speaker_names IS 'Every spelling of a speaker''s name, and when it was used.';
COMMENT ON COLUMN speaker_names.speaker_id IS 'The speaker.';
COMMENT ON COLUMN speaker_names.name IS 'The spelling, as articles resolve it.';
COMMENT ON COLUMN speaker_names.articles IS 'Number of articles with it.';
COMMENT ON COLUMN speaker_names.quotes IS 'Number of quotes with it.';
COMMENT ON COLUMN speaker_names.first_date IS 'Earliest date of these articles.';
COMMENT ON COLUMN speaker_names.last_date IS 'Latest date of these articles.';
