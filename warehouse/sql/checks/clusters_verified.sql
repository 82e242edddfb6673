-- asset: article_clusters
-- promise: Every article is in one cluster and verified against its canonical article.
SELECT a.article_id FROM articles AS a ANTI JOIN article_clusters AS c ON c.article_id = a.article_id
UNION ALL
SELECT c.article_id
FROM article_clusters AS c
LEFT JOIN duplicate_pairs AS p
    ON p.a_id = least(c.article_id, c.canonical_id)
    AND p.b_id = greatest(c.article_id, c.canonical_id)
    AND p.kind IN ('exact', 'near', 'update')
WHERE c.article_id <> c.canonical_id AND p.a_id IS NULL
UNION ALL
SELECT c.article_id FROM article_clusters AS c ANTI JOIN articles AS a ON a.article_id = c.article_id
UNION ALL
SELECT c.article_id
FROM article_clusters AS c
JOIN article_clusters AS o ON o.article_id = c.canonical_id
WHERE o.cluster_id <> c.cluster_id
UNION ALL
SELECT c.article_id
FROM article_clusters AS c
JOIN article_clusters AS o ON o.article_id = c.representative_id
WHERE o.cluster_id <> c.cluster_id
