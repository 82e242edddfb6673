-- The articles that a report shows one by one: the newest, up to `$most`.
CREATE OR REPLACE TEMP TABLE shown AS
SELECT article_id
FROM articles
ORDER BY date DESC NULLS LAST, article_id
LIMIT $most
