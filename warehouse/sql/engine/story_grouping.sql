-- All that each part needs to group its articles: their terms, and the pairs along which they may join.
WITH needed AS (
    SELECT part, a AS number FROM linked
    UNION
    SELECT part, b AS number FROM linked
)
SELECT
    n.part,
    v.number,
    v.terms,
    v.weights,
    v.sizes,
    CAST(NULL AS BIGINT) AS a,
    CAST(NULL AS BIGINT) AS b,
    CAST(NULL AS DOUBLE) AS chance
FROM needed AS n
JOIN vectors AS v ON v.number = n.number
UNION ALL
SELECT part, NULL AS number, NULL AS terms, NULL AS weights, NULL AS sizes, a, b, chance FROM linked
