CREATE TABLE IF NOT EXISTS speaker_articles (
    speaker_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    date DATE,
    roles VARCHAR[] NOT NULL,
    quotes BIGINT NOT NULL
);

COMMENT ON TABLE speaker_articles IS 'Who is quoted in which article, by which name and in which roles: what somebody was called over time.';
COMMENT ON COLUMN speaker_articles.speaker_id IS 'The speaker.';
COMMENT ON COLUMN speaker_articles.article_id IS 'The article.';
COMMENT ON COLUMN speaker_articles.name IS 'The name in this article.';
COMMENT ON COLUMN speaker_articles.date IS 'Date of the article.';
COMMENT ON COLUMN speaker_articles.roles IS 'Roles that this article gives.';
COMMENT ON COLUMN speaker_articles.quotes IS 'Number of quotes in this article.';
