-- asset: article_sources
-- promise: Every source is of a known article and from another one, and every article has its wire share, from 0 to 1.
SELECT s.article_id
FROM article_sources AS s
LEFT JOIN articles AS a ON a.article_id = s.article_id
LEFT JOIN articles AS o ON o.article_id = s.source_id
WHERE a.article_id IS NULL
    OR (s.source_id IS NOT NULL AND (o.article_id IS NULL OR o.publisher IS NOT DISTINCT FROM a.publisher))
    OR s.share NOT BETWEEN 0 AND 1
UNION ALL
SELECT article_id FROM articles WHERE wire IS NULL OR wire NOT BETWEEN 0 AND 1
