SELECT
    d.document_id AS id,
    CASE WHEN d.raw_html IS NULL THEN d.raw_text END AS text,
    d.raw_html AS html,
    d.publisher,
    d.url,
    NULL AS markup
FROM documents AS d
WHERE d.rowid IN (SELECT rowid FROM documents WHERE document_id IN (SELECT id FROM wanted))
ORDER BY d.document_id
