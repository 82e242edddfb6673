-- The place of the pairs that each text is the lower one of. A place of too many pairs is split by that text.
WITH crowds AS (
    SELECT l.label, count(*) AS pairs FROM candidates AS c JOIN labels AS l ON l.text = c.a_text GROUP BY l.label
)
SELECT l.text, CASE WHEN c.pairs > {most} THEN l.text ELSE l.label END AS home
FROM labels AS l
LEFT JOIN crowds AS c ON c.label = l.label
