UPDATE documents SET raw_text = p.text
FROM new_pages AS p
WHERE p.id = documents.document_id AND documents.raw_html IS NOT NULL
