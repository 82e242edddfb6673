-- The different texts, and the first article of each.
SELECT text_hash AS text, min(id) AS first_id, count(*) AS copies FROM signatures WHERE words > 0 GROUP BY text_hash
