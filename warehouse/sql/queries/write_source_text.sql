UPDATE documents SET raw_text = d.text
FROM read AS d
WHERE d.id = documents.document_id AND documents.raw_html IS NOT NULL
