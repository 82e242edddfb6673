-- All that each place needs: its articles with what they are judged by, and what it is asked.
WITH needed AS (
    SELECT part, a AS number FROM asked
    UNION
    SELECT part, b AS number FROM asked
)
SELECT
    n.part,
    c.number,
    c.day,
    c.days,
    c.numbers,
    c.weights,
    c.figures,
    c.names,
    c.paired,
    c.figures_size,
    c.names_size,
    c.paired_size,
    l.near,
    l.likenesses,
    l.scales,
    CAST(NULL AS BIGINT) AS a,
    CAST(NULL AS BIGINT) AS b,
    CAST(NULL AS FLOAT) AS likeness,
    CAST(NULL AS BOOLEAN) AS said
FROM needed AS n
JOIN cards AS c ON c.number = n.number
JOIN near AS l ON l.number = n.number
UNION ALL
SELECT
    part,
    NULL AS number,
    NULL AS day,
    NULL AS days,
    NULL AS numbers,
    NULL AS weights,
    NULL AS figures,
    NULL AS names,
    NULL AS paired,
    NULL AS figures_size,
    NULL AS names_size,
    NULL AS paired_size,
    NULL AS near,
    NULL AS likenesses,
    NULL AS scales,
    a,
    b,
    likeness,
    said
FROM asked
