INSERT INTO internal.document_lines BY NAME SELECT * FROM new_lines
