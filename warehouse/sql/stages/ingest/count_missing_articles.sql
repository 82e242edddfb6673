SELECT count(*) FROM articles AS a JOIN documents AS d ON d.document_id = a.article_id WHERE a.missing <> d.missing
