-- Of the utterances that most articles report, in the order of time.
SELECT u.text AS utterance, a.date, a.publisher, r.relation, coalesce(r.speaker_name, r.speaker_mention) AS speaker, r.text AS as_printed
FROM utterance_reports AS r
LEFT JOIN utterances AS u ON u.utterance_id = r.utterance_id
LEFT JOIN articles AS a ON a.article_id = r.article_id
ORDER BY u.reports DESC NULLS LAST, r.utterance_id, a.date NULLS LAST, r.article_id, r.report_start
LIMIT $rows
