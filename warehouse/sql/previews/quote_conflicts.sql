-- Those of the utterances that most articles report.
SELECT kind, a_publisher, a_date, a_words, b_publisher, b_date, b_words, speaker_name AS speaker, a_text, b_text
FROM quote_conflicts
ORDER BY reports DESC, greatest(a_date, b_date) DESC NULLS LAST, utterance_id, kind, a_article_id, b_article_id, a_words, b_words
LIMIT $rows
