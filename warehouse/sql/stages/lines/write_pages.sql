UPDATE documents SET raw_text = p.text, markup = p.markup
FROM new_pages AS p
WHERE p.id = documents.document_id AND documents.raw_html IS NOT NULL
