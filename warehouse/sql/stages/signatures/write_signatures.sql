INSERT INTO signatures BY NAME SELECT id AS article_id, * EXCLUDE id FROM new_signatures
