CREATE TABLE IF NOT EXISTS utterances (
    utterance_id VARCHAR PRIMARY KEY,
    text VARCHAR NOT NULL,
    speaker_name VARCHAR,
    first_article_id VARCHAR NOT NULL,
    first_publisher VARCHAR,
    first_date DATE,
    first_is_certain BOOLEAN NOT NULL,
    articles BIGINT NOT NULL,
    reports BIGINT NOT NULL,
    conflicts BIGINT NOT NULL
);

COMMENT ON TABLE utterances IS 'The same words in several articles, in whatever wording, spelling and translation: one row per statement, which is a sentence or a clause.';
COMMENT ON COLUMN utterances.utterance_id IS 'Hash of its reports: their articles and places.';
COMMENT ON COLUMN utterances.text IS 'The fullest wording that is in quotation marks anywhere, else the fullest.';
COMMENT ON COLUMN utterances.speaker_name IS 'Whom most articles name; null where nobody is named by more than every other.';
COMMENT ON COLUMN utterances.first_article_id IS 'The earliest article, by time and credits as in stories; without a date last.';
COMMENT ON COLUMN utterances.first_publisher IS 'Publisher of the first article.';
COMMENT ON COLUMN utterances.first_date IS 'Date of the first article.';
COMMENT ON COLUMN utterances.first_is_certain IS 'False where an article of another outlet has the same time or none, or the first credits another for its text.';
COMMENT ON COLUMN utterances.articles IS 'Number of articles that have it.';
COMMENT ON COLUMN utterances.reports IS 'Number of articles that are no copies of each other: near-duplicates are one report.';
COMMENT ON COLUMN utterances.conflicts IS 'Number of rows of quote_conflicts.';
