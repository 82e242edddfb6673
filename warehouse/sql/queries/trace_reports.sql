-- Everything printed that may be looked up: reports of utterances, and the quotes that no other article has.
SELECT
    r.utterance_id,
    r.article_id,
    a.publisher,
    strftime(a.date, '%Y-%m-%d') AS date,
    a.title,
    d.path,
    c.cluster_id,
    r.report_start AS start,
    r.report_end AS "end",
    r.type,
    r.relation,
    r.text,
    r.speaker_name,
    r.speaker_mention,
    r.counts
FROM utterance_reports AS r
JOIN articles AS a ON a.article_id = r.article_id
JOIN documents AS d ON d.document_id = r.article_id
LEFT JOIN article_clusters AS c ON c.article_id = r.article_id
UNION ALL BY NAME
SELECT
    NULL AS utterance_id,
    q.article_id,
    a.publisher,
    strftime(a.date, '%Y-%m-%d') AS date,
    a.title,
    d.path,
    c.cluster_id,
    q.quote_start AS start,
    q.quote_end AS "end",
    q.type,
    CASE WHEN q.type = 'indirect' THEN 'indirect' ELSE 'verbatim' END AS relation,
    q.quote AS text,
    CASE WHEN q.speaker_kind IN ('person', 'organisation') THEN q.speaker_name END AS speaker_name,
    q.speaker_mention,
    true AS counts
FROM quotes AS q
JOIN articles AS a ON a.article_id = q.article_id
JOIN documents AS d ON d.document_id = q.article_id
LEFT JOIN article_clusters AS c ON c.article_id = q.article_id
ANTI JOIN utterance_reports AS r ON r.article_id = q.article_id AND r.quote_index = q.quote_index
ORDER BY date NULLS LAST, article_id, start
