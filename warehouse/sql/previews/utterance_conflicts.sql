-- The newest.
SELECT c.kind, a.publisher, c.a_words AS says, b.publisher AS other_publisher, c.b_words AS other_says, u.text AS utterance
FROM utterance_conflicts AS c
LEFT JOIN utterances AS u ON u.utterance_id = c.utterance_id
LEFT JOIN articles AS a ON a.article_id = c.a_article_id
LEFT JOIN articles AS b ON b.article_id = c.b_article_id
ORDER BY greatest(a.date, b.date) DESC NULLS LAST, c.kind, c.utterance_id, c.a_article_id, c.a_start, c.b_article_id, c.b_start
LIMIT $rows
