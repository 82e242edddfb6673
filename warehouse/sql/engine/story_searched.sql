-- All that each block needs to say what its articles are most like: their terms, and the articles of other blocks that have these.
WITH asked AS (SELECT term, block FROM postings)
SELECT block, number, CAST(NULL AS BIGINT) AS term, terms AS members, weights FROM vectors
UNION ALL
SELECT a.block, NULL AS number, p.term, p.articles AS members, p.weights
FROM asked AS a
JOIN postings AS p ON p.term = a.term
WHERE p.block != a.block
