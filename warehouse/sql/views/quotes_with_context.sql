CREATE OR REPLACE VIEW quotes_with_context AS
SELECT
    q.quote_id,
    q.article_id,
    a.publisher,
    a.date,
    a.title,
    a.url,
    q.type,
    q.quote,
    coalesce(q.speaker_name, q.speaker_mention) AS speaker,
    q.speaker_mention,
    q.speaker_role,
    q.speaker_kind,
    q.cue,
    substr(a.body, greatest(q.quote_start - 160, 0) + 1, least(q.quote_start, 160)) AS before,
    substr(a.body, q.quote_end + 1, 160) AS after,
    q.confidence,
    c.cluster_id,
    c.size AS copies,
    q.speaker_organisation
FROM quotes AS q
JOIN articles AS a ON a.article_id = q.article_id
LEFT JOIN article_clusters AS c ON c.article_id = q.article_id
-- what a reader would call a quote: of clauses without marks those that are likely right (docs/quotes.md has what the floor was chosen from)
WHERE q.type <> 'indirect' OR q.confidence >= 0.75;

COMMENT ON VIEW quotes_with_context IS 'Quotes with speaker, article and up to 160 characters of text on either side; clauses without marks from a confidence of 0.75 on, all are in quotes.';
