-- Those that contradict each other first, then those of most articles, each from its first report on.
SELECT date, publisher, speaker, relation, words, title, reports, conflicts
FROM utterances_with_context
ORDER BY conflicts DESC, reports DESC, utterance_id, date NULLS LAST, article_id
LIMIT $rows
