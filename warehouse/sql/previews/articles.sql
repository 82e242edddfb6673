-- The newest.
SELECT date, publisher, left(coalesce(title, body), 80) AS title, byline, language, words, share_kept, left(body, 120) AS body
FROM articles
ORDER BY date DESC NULLS LAST, published_at DESC NULLS LAST, title, article_id
LIMIT $rows
