-- Of the utterances that most articles report, in the order of time.
WITH shown AS (
    SELECT utterance_id, text, reports FROM utterances ORDER BY reports DESC, utterance_id LIMIT $rows
)
SELECT u.text AS utterance, a.date, a.publisher, r.relation, coalesce(r.speaker_name, r.speaker_mention) AS speaker, r.text AS as_printed
FROM utterance_reports AS r
JOIN shown AS u ON u.utterance_id = r.utterance_id
LEFT JOIN articles AS a ON a.article_id = r.article_id
ORDER BY u.reports DESC, r.utterance_id, a.date NULLS LAST, r.article_id, r.report_start
LIMIT $rows
