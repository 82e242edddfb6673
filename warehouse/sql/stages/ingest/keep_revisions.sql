INSERT OR REPLACE INTO document_revisions BY NAME
SELECT
    d.document_id,
    d.content_hash,
    d.publisher,
    d.url,
    d.title,
    d.date,
    d.byline,
    CASE WHEN d.raw_html IS NULL THEN d.raw_text END AS raw_text,
    d.raw_html,
    d.load_id,
    now() AS replaced_at,
    a.body,
    (SELECT list(q.quote ORDER BY q.quote_index) FROM quotes AS q WHERE q.article_id = a.article_id) AS quotes
FROM documents AS d
JOIN fresh AS f ON f.document_id = d.document_id
LEFT JOIN articles AS a ON a.article_id = d.document_id
WHERE f.known AND f.changed
