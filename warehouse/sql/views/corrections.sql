CREATE OR REPLACE VIEW corrections AS
SELECT article_id, publisher, date, title, correction, modified_at, url
FROM articles
WHERE correction IS NOT NULL;

COMMENT ON VIEW corrections IS 'Every article that says what was corrected in it, with its note.';
COMMENT ON COLUMN corrections.article_id IS 'The article.';
COMMENT ON COLUMN corrections.publisher IS 'As in articles.';
COMMENT ON COLUMN corrections.date IS 'Day of publication.';
COMMENT ON COLUMN corrections.title IS 'Title of the article.';
COMMENT ON COLUMN corrections.correction IS 'What the page says was corrected.';
COMMENT ON COLUMN corrections.modified_at IS 'When record or page say that it was last changed, in the same form.';
COMMENT ON COLUMN corrections.url IS 'As in articles.';
