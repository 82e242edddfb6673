SELECT count(*) FROM documents AS d JOIN incoming AS i ON i.document_id = d.document_id WHERE d.missing
