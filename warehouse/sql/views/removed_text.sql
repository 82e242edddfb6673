CREATE OR REPLACE VIEW removed_text AS
SELECT
    d.publisher,
    b.kind,
    b.reason,
    trim(b.text) AS text,
    count(*) AS times,
    count(DISTINCT b.document_id) AS documents,
    min(b.document_id) AS example_document_id
FROM blocks AS b
JOIN documents AS d ON d.document_id = b.document_id
WHERE b.kind <> 'body'
GROUP BY d.publisher, b.kind, b.reason, trim(b.text);

COMMENT ON VIEW removed_text IS 'What cleaning took out, by publisher, how often, as what and why.';
