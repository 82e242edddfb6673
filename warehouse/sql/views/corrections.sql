CREATE OR REPLACE VIEW corrections AS
SELECT article_id, publisher, date, title, correction, modified_at, url
FROM articles
WHERE correction IS NOT NULL;

COMMENT ON VIEW corrections IS 'Every article that says what was corrected in it, with its note.';
