CREATE TABLE IF NOT EXISTS stories (
    story_id VARCHAR PRIMARY KEY,
    headline VARCHAR,
    first_publisher VARCHAR,
    first_date DATE,
    last_date DATE,
    first_is_certain BOOLEAN NOT NULL,
    articles BIGINT NOT NULL,
    outlets VARCHAR[] NOT NULL,
    people VARCHAR[] NOT NULL,
    words VARCHAR[] NOT NULL
);

COMMENT ON TABLE stories IS 'What articles tell of, one row per event; an article that nobody else tells of is a story of one.';
COMMENT ON COLUMN stories.story_id IS 'The article_id of the first article: the earliest by time, else by day; of equal ones an agency''s own, then one that credits none; then the lowest id.';
COMMENT ON COLUMN stories.headline IS 'Title of the first article; where that has none, of the earliest that has one.';
COMMENT ON COLUMN stories.first_publisher IS 'Publisher of the first article.';
COMMENT ON COLUMN stories.first_date IS 'Earliest date of its articles.';
COMMENT ON COLUMN stories.last_date IS 'Latest date of its articles.';
COMMENT ON COLUMN stories.first_is_certain IS 'False where another outlet has the story at the same time or without a date and does not credit the first, and where the first credits an agency whose text is not there.';
COMMENT ON COLUMN stories.articles IS 'Number of articles, copies among them.';
COMMENT ON COLUMN stories.outlets IS 'Publishers of its articles.';
COMMENT ON COLUMN stories.people IS 'Names of the persons quoted.';
COMMENT ON COLUMN stories.words IS 'Up to eight words of its titles that stand in the beginnings of few other articles, the most telling first.';
