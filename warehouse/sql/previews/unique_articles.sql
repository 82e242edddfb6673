-- The newest.
SELECT date, publisher, left(coalesce(title, body), 80) AS title, copies, first_publisher, words, left(body, 120) AS body
FROM unique_articles
ORDER BY date DESC NULLS LAST, published_at DESC NULLS LAST, title, article_id
LIMIT $rows
