UPDATE documents SET raw_text = c.source_text
FROM cleaned AS c
WHERE c.id = documents.document_id AND c.source_text IS NOT NULL
