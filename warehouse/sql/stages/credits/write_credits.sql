INSERT INTO internal.article_credits BY NAME SELECT id AS article_id, * EXCLUDE id FROM new_credits
