-- The names under which records hold what no field takes, and how many of them do.
SELECT key, count(*) AS records
FROM (SELECT unnest(json_keys(extra)) AS key FROM documents WHERE extra IS NOT NULL AND NOT missing)
GROUP BY key
ORDER BY records DESC, key
