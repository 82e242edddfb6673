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
COMMENT ON COLUMN removed_text.publisher IS 'As in documents.';
COMMENT ON COLUMN removed_text.kind IS 'What the removed text is.';
COMMENT ON COLUMN removed_text.reason IS 'What the verdict rests on.';
COMMENT ON COLUMN removed_text.text IS 'The removed text, without blanks around it.';
COMMENT ON COLUMN removed_text.times IS 'How often it was removed.';
COMMENT ON COLUMN removed_text.documents IS 'Number of documents from which it was removed.';
COMMENT ON COLUMN removed_text.example_document_id IS 'One of these documents, the lowest id.';
