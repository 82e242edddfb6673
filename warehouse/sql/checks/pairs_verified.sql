-- asset: duplicate_pairs
-- promise: Every pair is of two known articles and rests on an exact comparison.
WITH bodies AS MATERIALIZED (SELECT article_id, length(body) AS characters FROM articles)
SELECT p.a_id, p.b_id
FROM duplicate_pairs AS p
LEFT JOIN bodies AS a ON a.article_id = p.a_id
LEFT JOIN bodies AS b ON b.article_id = p.b_id
WHERE a.article_id IS NULL
    OR b.article_id IS NULL
    OR p.a_id >= p.b_id
    OR NOT p.jaccard BETWEEN 0 AND 1
    OR NOT p.containment_a BETWEEN 0 AND 1
    OR NOT p.containment_b BETWEEN 0 AND 1
    OR p.jaccard > least(p.containment_a, p.containment_b) + 1e-9
    OR (p.kind <> 'exact' AND len(p.passages) = 0 AND greatest(p.containment_a, p.containment_b) >= 0.3)
    OR len(list_filter(p.passages, lambda x: x.a_end > a.characters OR x.b_end > b.characters)) > 0
