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
