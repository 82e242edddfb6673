-- Pairs of shown articles that share text, with the passages that they share, as offsets in both bodies.
SELECT p.a_id AS a, p.b_id AS b, p.kind, round(p.jaccard, 3) AS jaccard, p.reason, p.passages
FROM duplicate_pairs AS p
WHERE p.a_id IN (SELECT article_id FROM shown) AND p.b_id IN (SELECT article_id FROM shown)
ORDER BY p.jaccard DESC, p.a_id, p.b_id
LIMIT $most
