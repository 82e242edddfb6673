CREATE TABLE IF NOT EXISTS article_sources (
    article_id VARCHAR NOT NULL,
    source_id VARCHAR,
    source VARCHAR NOT NULL,
    share DOUBLE NOT NULL,
    hours DOUBLE
);

COMMENT ON TABLE article_sources IS 'What an article has from others: a row for each text of another outlet that it holds a part of, and one for its credit.';
COMMENT ON COLUMN article_sources.article_id IS 'The article.';
COMMENT ON COLUMN article_sources.source_id IS 'The other article: an agency''s text, or one that was certainly published earlier; null where the article only credits the source.';
COMMENT ON COLUMN article_sources.source IS 'The agency or outlet that it is from.';
COMMENT ON COLUMN article_sources.share IS 'Share of the article''s characters in passages of that text; 1 for a credit of the whole text.';
COMMENT ON COLUMN article_sources.hours IS 'Hours that the article came after it, whole days where no times are known; null for a credit.';
