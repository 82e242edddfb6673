-- All that each place needs to describe its groups: their articles, and which statements of these are members.
WITH needed AS (SELECT DISTINCT part, id FROM members)
SELECT
    n.part,
    s.id,
    s.publisher,
    s.date,
    s.cluster,
    s.text,
    s.words,
    s.said,
    CAST(NULL AS BIGINT) AS number,
    CAST(NULL AS BIGINT) AS begins,
    CAST(NULL AS BIGINT) AS ends
FROM needed AS n
JOIN spoken AS s ON s.id = n.id
UNION ALL
SELECT part, id, NULL AS publisher, NULL AS date, NULL AS cluster, NULL AS text, NULL AS words, NULL AS said, number, begins, ends
FROM members
