-- Every article with its time and its credit, as WIRE_INPUT.
SELECT
    a.article_id AS id,
    a.publisher,
    coalesce(a.published_at, strftime(a.date, '%Y-%m-%d')) AS published,
    CAST(length(a.body) AS BIGINT) AS characters,
    c.agency,
    coalesce(c.whole, false) AS whole,
    c.bracketed,
    a.correction IS NOT NULL AS corrected
FROM articles AS a
LEFT JOIN internal.article_credits AS c ON c.article_id = a.article_id
ORDER BY a.article_id
