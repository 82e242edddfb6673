-- The text of a page was taken from it when its lines were counted.
SELECT d.document_id AS id, d.raw_text AS text, NULL AS html, d.publisher, d.url, d.markup
FROM documents AS d
WHERE d.rowid IN (SELECT rowid FROM documents WHERE document_id IN (SELECT id FROM wanted))
ORDER BY d.document_id
