-- Contradictions first, then what most articles report.
SELECT conflicts, reports, articles, speaker_name AS speaker, text, first_publisher, first_date
FROM utterances
ORDER BY conflicts DESC, reports DESC, first_date DESC NULLS LAST, utterance_id
LIMIT $rows
