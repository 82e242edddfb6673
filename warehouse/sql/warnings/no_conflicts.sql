-- asset: utterance_conflicts
-- promise: No two outlets print the same words with another speaker, negation, number or day.
-- do: Open both articles. One of the outlets is wrong, or the words are of two occasions: that is a story, or a report for us.
SELECT kind, speaker_name, a_publisher, a_words, b_publisher, b_words, a_article_id, b_article_id
FROM quote_conflicts
ORDER BY kind, a_article_id, b_article_id, a_words
