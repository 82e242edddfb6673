CREATE TABLE IF NOT EXISTS articles (
    article_id VARCHAR PRIMARY KEY,
    publisher VARCHAR,
    url VARCHAR,
    title VARCHAR,
    date DATE,
    date_source VARCHAR,
    published_at VARCHAR,
    modified_at VARCHAR,
    date_partial VARCHAR,
    byline VARCHAR,
    byline_agency VARCHAR,
    dateline VARCHAR,
    section VARCHAR,
    photo_credit VARCHAR,
    correction VARCHAR,
    share_kept DOUBLE,
    language VARCHAR,
    body VARCHAR NOT NULL,
    body_hash VARCHAR NOT NULL,
    words BIGINT NOT NULL,
    load_id VARCHAR NOT NULL,
    credited_to VARCHAR,
    wire DOUBLE,
    missing BOOLEAN NOT NULL
);

COMMENT ON TABLE articles IS 'The clean article of each record that could be read: body and metadata.';
COMMENT ON COLUMN articles.article_id IS 'Equal to documents.document_id.';
COMMENT ON COLUMN articles.publisher IS 'As in documents.';
COMMENT ON COLUMN articles.url IS 'As in documents.';
COMMENT ON COLUMN articles.title IS 'The record''s title, else the one found in the text.';
COMMENT ON COLUMN articles.date IS 'Day of publication; null where neither record nor text gives day and year.';
COMMENT ON COLUMN articles.date_source IS 'Where the date was read: record, markup, url, stamp, dateline, byline or text.';
COMMENT ON COLUMN articles.published_at IS 'When it was published, ISO 8601, with time and zone as far as record or page give them.';
COMMENT ON COLUMN articles.modified_at IS 'When record or page say that it was last changed, in the same form.';
COMMENT ON COLUMN articles.date_partial IS 'Month and day, as --03-12, where neither record nor text gives the year.';
COMMENT ON COLUMN articles.byline_agency IS 'The news agency that byline or dateline name, in one spelling.';
COMMENT ON COLUMN articles.byline IS 'Names of the authors, joined by comma and blank.';
COMMENT ON COLUMN articles.dateline IS 'What stands before the dash of the first paragraph, such as place and day.';
COMMENT ON COLUMN articles.section IS 'As the record gives it, else the section label of the page.';
COMMENT ON COLUMN articles.photo_credit IS 'Who made the picture.';
COMMENT ON COLUMN articles.correction IS 'What the page says was corrected; it is no part of the body.';
COMMENT ON COLUMN articles.share_kept IS 'Share of the characters in sentences that are body; null where there is no sentence.';
COMMENT ON COLUMN articles.language IS 'ISO 639-1 code as detected; where that is unsure, as the record gives it, else null.';
COMMENT ON COLUMN articles.body IS 'The clean text: paragraphs separated by one blank line, no title, no boilerplate.';
COMMENT ON COLUMN articles.body_hash IS 'Hash of body.';
COMMENT ON COLUMN articles.words IS 'Number of words in body.';
COMMENT ON COLUMN articles.load_id IS 'The load that wrote this row.';
COMMENT ON COLUMN articles.credited_to IS 'The news agency, or outlet of the corpus, that it says it has its text or news from, in one spelling.';
COMMENT ON COLUMN articles.wire IS 'Share of the body, 0 to 1, that an agency''s text or an earlier text of another outlet covers; 1 where an agency is credited for all of it.';
COMMENT ON COLUMN articles.missing IS 'Whether its record was not found any more when its place was last looked through, as in documents.';
