CREATE OR REPLACE VIEW unique_articles AS
SELECT
    a.*,
    c.cluster_id,
    c.canonical_id,
    c.size AS copies,
    first_report.publisher AS first_publisher,
    first_report.date AS first_date
FROM article_clusters AS c
JOIN articles AS a ON a.article_id = c.representative_id
JOIN articles AS first_report ON first_report.article_id = c.canonical_id
WHERE c.article_id = c.representative_id;

COMMENT ON VIEW unique_articles IS 'One row per story text: the latest corrected version of each cluster of copies, with the number of copies and who had it first.';
COMMENT ON COLUMN unique_articles.article_id IS 'The latest corrected version of the story text.';
COMMENT ON COLUMN unique_articles.publisher IS 'As in documents.';
COMMENT ON COLUMN unique_articles.url IS 'As in documents.';
COMMENT ON COLUMN unique_articles.title IS 'The record''s title, else the one found in the text.';
COMMENT ON COLUMN unique_articles.date IS 'Day of publication; null where neither record nor text gives day and year.';
COMMENT ON COLUMN unique_articles.date_source IS 'Where the date was read: record, markup, url, stamp, dateline, byline or text.';
COMMENT ON COLUMN unique_articles.published_at IS 'When it was published, ISO 8601, with time and zone as far as record or page give them.';
COMMENT ON COLUMN unique_articles.modified_at IS 'When record or page say that it was last changed, in the same form.';
COMMENT ON COLUMN unique_articles.date_partial IS 'Month and day, as --03-12, where neither record nor text gives the year.';
COMMENT ON COLUMN unique_articles.byline IS 'Names of the authors, joined by comma and blank.';
COMMENT ON COLUMN unique_articles.byline_agency IS 'The news agency that byline or dateline name, in one spelling.';
COMMENT ON COLUMN unique_articles.dateline IS 'What stands before the dash of the first paragraph, such as place and day.';
COMMENT ON COLUMN unique_articles.section IS 'As the record gives it, else the section label of the page.';
COMMENT ON COLUMN unique_articles.photo_credit IS 'Who made the picture.';
COMMENT ON COLUMN unique_articles.correction IS 'What the page says was corrected; it is no part of the body.';
COMMENT ON COLUMN unique_articles.share_kept IS 'Share of the characters in sentences that are body; null where there is no sentence.';
COMMENT ON COLUMN unique_articles.language IS 'ISO 639-1 code as detected; where that is unsure, as the record gives it, else null.';
COMMENT ON COLUMN unique_articles.body IS 'The clean text: paragraphs separated by one blank line, no title, no boilerplate.';
COMMENT ON COLUMN unique_articles.body_hash IS 'Hash of body.';
COMMENT ON COLUMN unique_articles.words IS 'Number of words in body.';
COMMENT ON COLUMN unique_articles.load_id IS 'The load that wrote the article.';
COMMENT ON COLUMN unique_articles.credited_to IS 'The news agency, or outlet of the corpus, that it says it has its text or news from, in one spelling.';
COMMENT ON COLUMN unique_articles.wire IS 'Share of the body, 0 to 1, that an agency''s text or an earlier text of another outlet covers; 1 where an agency is credited for all of it.';
COMMENT ON COLUMN unique_articles.missing IS 'Whether its record was not found any more when its place was last looked through, as in documents.';
COMMENT ON COLUMN unique_articles.cluster_id IS 'Equal for copies of one text.';
COMMENT ON COLUMN unique_articles.canonical_id IS 'The first report.';
COMMENT ON COLUMN unique_articles.copies IS 'Number of articles in the cluster, this one among them.';
COMMENT ON COLUMN unique_articles.first_publisher IS 'Publisher of the first report.';
COMMENT ON COLUMN unique_articles.first_date IS 'Day of the first report.';
