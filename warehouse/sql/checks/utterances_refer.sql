-- asset: utterances
-- promise: Every utterance stands in two articles or more, the words of a report are those of the body, and every conflict is of two reports.
SELECT u.utterance_id
FROM utterances AS u
LEFT JOIN (SELECT utterance_id, count(DISTINCT article_id) AS articles FROM utterance_reports GROUP BY utterance_id) AS r
    ON r.utterance_id = u.utterance_id
WHERE r.articles IS NULL OR r.articles < 2 OR r.articles <> u.articles OR u.reports > u.articles
UNION ALL
SELECT r.utterance_id FROM utterance_reports AS r ANTI JOIN utterances AS u ON u.utterance_id = r.utterance_id
UNION ALL
SELECT report.utterance_id
FROM (
    SELECT
        unnest(r.reports) AS report,
        unnest(spans(a.body, [s.report_start FOR s IN r.reports], [s.report_end FOR s IN r.reports])) AS found
    FROM (
        SELECT
            article_id,
            list({'utterance_id': utterance_id, 'report_start': report_start, 'report_end': report_end, 'text': text}) AS reports
        FROM utterance_reports
        GROUP BY article_id
    ) AS r
    LEFT JOIN articles AS a ON a.article_id = r.article_id
)
WHERE found IS DISTINCT FROM report.text
UNION ALL
SELECT c.utterance_id
FROM utterance_conflicts AS c
LEFT JOIN utterance_reports AS a
    ON a.utterance_id = c.utterance_id AND a.article_id = c.a_article_id AND a.report_start = c.a_start
LEFT JOIN utterance_reports AS b
    ON b.utterance_id = c.utterance_id AND b.article_id = c.b_article_id AND b.report_start = c.b_start
WHERE a.utterance_id IS NULL OR b.utterance_id IS NULL OR c.a_article_id = c.b_article_id
