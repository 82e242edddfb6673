-- asset: articles
-- promise: No article is empty; what has no body is in rejects.
SELECT article_id FROM articles WHERE body = ''
