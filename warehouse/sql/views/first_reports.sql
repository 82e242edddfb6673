CREATE OR REPLACE VIEW first_reports AS
SELECT
    s.story_id,
    s.headline,
    s.first_publisher AS publisher,
    a.date,
    s.first_is_certain,
    s.articles,
    len(s.outlets) AS outlets,
    a.published_at,
    a.credited_to
FROM stories AS s
JOIN articles AS a ON a.article_id = s.story_id
WHERE s.articles > 1;

COMMENT ON VIEW first_reports IS 'The first article of every story that several tell, whether it is certain that it was first, and the agency that it credits.';
COMMENT ON COLUMN first_reports.story_id IS 'The story, which is named by the article_id of its first article.';
COMMENT ON COLUMN first_reports.headline IS 'Title of the first article; where that has none, of the earliest that has one.';
COMMENT ON COLUMN first_reports.publisher IS 'Publisher of the first article.';
COMMENT ON COLUMN first_reports.date IS 'Day of the first article.';
COMMENT ON COLUMN first_reports.first_is_certain IS 'False where another outlet has the story at the same time or without a date and does not credit the first, and where the first credits an agency whose text is not there.';
COMMENT ON COLUMN first_reports.articles IS 'Number of articles that tell of it, copies among them.';
COMMENT ON COLUMN first_reports.outlets IS 'Number of publishers that tell of it.';
COMMENT ON COLUMN first_reports.published_at IS 'When it was published, ISO 8601, with time and zone as far as record or page give them.';
COMMENT ON COLUMN first_reports.credited_to IS 'The agency or outlet that the first article says it has its text or news from.';
