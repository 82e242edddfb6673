-- The buckets that were too full, those of equal texts too, and the article that each links its members to.
SELECT c.bucket, c.members, CAST(1 AS BIGINT) AS kept, t.first_id AS kept_id
FROM capped AS c
JOIN texts AS t ON t.text = c.kept
UNION ALL
SELECT concat('equal:', text) AS bucket, copies AS members, CAST(1 AS BIGINT) AS kept, first_id AS kept_id
FROM texts
WHERE copies > {most}
