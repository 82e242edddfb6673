-- asset: documents
-- promise: No id stands twice.
SELECT 'documents' AS table_name, document_id AS id FROM documents GROUP BY document_id HAVING count(*) > 1
UNION ALL
SELECT 'articles', article_id FROM articles GROUP BY article_id HAVING count(*) > 1
UNION ALL
SELECT 'quotes', quote_id FROM quotes GROUP BY quote_id HAVING count(*) > 1
UNION ALL
SELECT 'speakers', speaker_id FROM speakers GROUP BY speaker_id HAVING count(*) > 1
UNION ALL
SELECT 'article_clusters', article_id FROM article_clusters GROUP BY article_id HAVING count(*) > 1
