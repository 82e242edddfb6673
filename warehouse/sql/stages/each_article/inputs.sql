SELECT article_id AS id, body_hash AS input_hash, '' AS context_hash FROM articles
