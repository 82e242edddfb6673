SELECT id, cluster_id, canonical_id, representative_id, size FROM grouped
UNION ALL
SELECT s.id, s.id AS cluster_id, s.id AS canonical_id, s.id AS representative_id, CAST(1 AS BIGINT) AS size
FROM signatures AS s
WHERE NOT EXISTS (SELECT 1 FROM grouped AS g WHERE g.id = s.id)
