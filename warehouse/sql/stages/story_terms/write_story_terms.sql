INSERT INTO internal.story_terms BY NAME SELECT id AS article_id, * EXCLUDE id FROM new_story_terms
