-- asset: article_clusters
-- promise: Every copy is of the language of its first report, at most twice as long or half as long, and at most 60 days apart.
-- do: `copydesk compare ARTICLE FIRST` shows the two. A form that comes back (results, forecasts) should be no copy: report it.
SELECT a.publisher, a.date, a.words, o.publisher AS first_publisher, o.date AS first_date, o.words AS first_words, a.title, a.article_id, o.article_id AS first_id
FROM article_clusters AS c
JOIN articles AS a ON a.article_id = c.article_id
JOIN articles AS o ON o.article_id = c.canonical_id
WHERE a.language <> o.language
    OR a.words NOT BETWEEN o.words / 2 AND o.words * 2
    OR abs(date_diff('day', o.date, a.date)) > 60
ORDER BY a.publisher, a.article_id
