-- The articles that a report shows one by one: the newest, up to `$most`, each with its place and the chunk of texts that it lies in. Whether a chunk
-- ends behind an article depends on its id alone: an article more or less changes its own chunk, and no other.
CREATE OR REPLACE TEMP TABLE shown AS
SELECT
    article_id,
    place,
    coalesce(sum(ends) OVER (ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)::INTEGER AS chunk
FROM (
    SELECT
        article_id,
        row_number() OVER (ORDER BY date DESC NULLS LAST, article_id)::INTEGER AS place,
        (md5_number_lower(article_id) % $chunk = 0)::INTEGER AS ends
    FROM articles
    ORDER BY date DESC NULLS LAST, article_id
    LIMIT $most
)
