-- asset: article_clusters
-- promise: Every article is in one cluster and verified against its canonical article.
SELECT a.article_id FROM articles AS a ANTI JOIN article_clusters AS c ON c.article_id = a.article_id
UNION ALL
-- Of a text with more copies than are paired one by one, one stands for all: so texts are compared where no pair is found.
SELECT c.article_id
FROM article_clusters AS c
LEFT JOIN duplicate_pairs AS p
    ON p.a_id = least(c.article_id, c.canonical_id)
    AND p.b_id = greatest(c.article_id, c.canonical_id)
    AND p.kind IN ('exact', 'near', 'update')
LEFT JOIN signatures AS x ON x.article_id = c.article_id
LEFT JOIN signatures AS y ON y.article_id = c.canonical_id
WHERE c.article_id <> c.canonical_id
    AND p.a_id IS NULL
    AND NOT coalesce(x.text_hash = y.text_hash, false)
    AND NOT EXISTS (
        SELECT 1
        FROM signatures AS i
        JOIN signatures AS j ON j.text_hash = y.text_hash
        JOIN duplicate_pairs AS q
            ON q.a_id = least(i.article_id, j.article_id)
            AND q.b_id = greatest(i.article_id, j.article_id)
            AND q.kind IN ('exact', 'near', 'update')
        WHERE i.text_hash = x.text_hash
    )
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
