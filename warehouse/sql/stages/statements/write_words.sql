INSERT INTO internal.article_words SELECT id AS article_id, words FROM new_words
