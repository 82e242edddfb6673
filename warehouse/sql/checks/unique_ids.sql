-- asset: documents
-- promise: No id stands twice.
SELECT 'documents' AS table_name, document_id AS id FROM documents GROUP BY document_id HAVING count(*) > 1
UNION ALL
SELECT 'articles', article_id FROM articles GROUP BY article_id HAVING count(*) > 1
UNION ALL
SELECT 'blocks', document_id FROM blocks GROUP BY document_id, block_start, block_end, kind HAVING count(*) > 1
UNION ALL
SELECT 'repairs', document_id FROM repairs GROUP BY document_id, repair_index HAVING count(*) > 1
UNION ALL
SELECT 'signatures', article_id FROM signatures GROUP BY article_id HAVING count(*) > 1
UNION ALL
SELECT 'duplicate_pairs', a_id FROM duplicate_pairs GROUP BY a_id, b_id HAVING count(*) > 1
UNION ALL
SELECT 'article_clusters', article_id FROM article_clusters GROUP BY article_id HAVING count(*) > 1
UNION ALL
SELECT 'capped_buckets', bucket FROM capped_buckets GROUP BY bucket HAVING count(*) > 1
UNION ALL
SELECT 'quotes', article_id FROM quotes GROUP BY article_id, quote_index HAVING count(*) > 1
UNION ALL
SELECT 'quotes', quote_id FROM quotes GROUP BY quote_id HAVING count(*) > 1
UNION ALL
SELECT 'speakers', speaker_id FROM speakers GROUP BY speaker_id HAVING count(*) > 1
UNION ALL
SELECT 'utterances', utterance_id FROM utterances GROUP BY utterance_id HAVING count(*) > 1
UNION ALL
SELECT 'stories', story_id FROM stories GROUP BY story_id HAVING count(*) > 1
UNION ALL
SELECT 'story_articles', article_id FROM story_articles GROUP BY article_id HAVING count(*) > 1
