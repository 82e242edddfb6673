-- asset: articles
-- promise: Every body has 20 words or more.
-- do: Look at the page: captions, walls and lists of links are no articles. Leave them out of queries with words >= 20, or of the folder.
SELECT publisher, words, title, left(body, 120) AS body, article_id
FROM articles
WHERE words < 20 AND language IS DISTINCT FROM 'zh' AND language IS DISTINCT FROM 'ja'
ORDER BY words, publisher, article_id
