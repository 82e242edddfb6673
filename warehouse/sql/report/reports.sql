-- Reports of the utterances listed, in the order of time.
SELECT
    r.utterance_id,
    r.article_id AS article,
    a.publisher,
    strftime(a.date, '%Y-%m-%d') AS date,
    r.relation,
    coalesce(nullif(r.speaker_name, ''), r.speaker_mention) AS speaker,
    NOT r.counts AS copy,
    r.text
FROM utterance_reports AS r
JOIN articles AS a ON a.article_id = r.article_id
WHERE r.utterance_id IN (SELECT unnest($listed))
ORDER BY a.date NULLS LAST, r.article_id, r.report_start, r.report_end
