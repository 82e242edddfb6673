-- Reports of the utterances listed that contradict each other, as JSON.
SELECT utterance_id, to_json({
    'kind': kind,
    'a_words': a_words,
    'b_words': b_words,
    'a_publisher': a_publisher,
    'b_publisher': b_publisher,
    'a_article_id': a_article_id,
    'b_article_id': b_article_id
})::VARCHAR AS piece
FROM quote_conflicts
WHERE utterance_id IN (SELECT unnest($listed))
ORDER BY utterance_id, kind, a_words, b_words, a_publisher, b_publisher, a_article_id, b_article_id
