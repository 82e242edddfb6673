UPDATE articles SET missing = d.missing
FROM documents AS d
WHERE d.document_id = articles.article_id AND articles.missing <> d.missing
