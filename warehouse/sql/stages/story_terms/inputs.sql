-- Terms rest on title and body.
SELECT article_id AS id, md5(body_hash || coalesce(title, '')) AS input_hash, '' AS context_hash FROM articles
