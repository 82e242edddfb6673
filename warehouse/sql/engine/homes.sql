-- The place of the pairs that each text is the lower one of: the lowest text within two meetings. Texts that meet each other mostly have the same one.
-- A place of too many pairs is split by the lower text.
WITH neighbours AS (
    SELECT a_text AS text, b_text AS other FROM candidates
    UNION ALL
    SELECT b_text AS text, a_text AS other FROM candidates
),
nearest AS (
    SELECT text, least(text, min(other)) AS label FROM neighbours GROUP BY text
),
labels AS (
    SELECT n.text, min(l.label) AS label FROM neighbours AS n JOIN nearest AS l ON l.text = n.other GROUP BY n.text
),
crowds AS (
    SELECT l.label, count(*) AS pairs FROM candidates AS c JOIN labels AS l ON l.text = c.a_text GROUP BY l.label
)
SELECT l.text, CASE WHEN c.pairs > {most} THEN l.text ELSE l.label END AS home
FROM labels AS l
LEFT JOIN crowds AS c ON c.label = l.label
