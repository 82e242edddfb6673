-- Reports of the utterances listed, in the order of time, as JSON without their words.
SELECT
    r.utterance_id,
    r.text,
    to_json({
        'article': r.article_id,
        'publisher': a.publisher,
        'date': strftime(a.date, '%Y-%m-%d'),
        'relation': r.relation,
        'speaker': coalesce(nullif(r.speaker_name, ''), r.speaker_mention),
        'copy': NOT r.counts
    })::VARCHAR AS piece
FROM utterance_reports AS r
JOIN articles AS a ON a.article_id = r.article_id
WHERE r.utterance_id IN (SELECT unnest($listed))
ORDER BY a.date NULLS LAST, r.article_id, r.report_start, r.report_end
