-- Reports of the utterances listed that contradict each other.
SELECT utterance_id, kind, a_words, b_words, a_publisher, b_publisher, a_article_id, b_article_id
FROM quote_conflicts
WHERE utterance_id IN (SELECT unnest($listed))
ORDER BY ALL
