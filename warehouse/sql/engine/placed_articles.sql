-- All that each place needs: its articles with what is said in them, and what it is asked.
WITH needed AS (
    SELECT part, a_text AS id FROM asked
    UNION
    SELECT part, b_text AS id FROM asked
)
SELECT
    n.part,
    s.id,
    s.publisher,
    s.date,
    s.cluster,
    s.text,
    s.words,
    s.said,
    CAST(NULL AS VARCHAR(1)) AS a_text,
    CAST(NULL AS VARCHAR(1)) AS b_text,
    CAST(NULL AS BOOLEAN) AS verbatim
FROM needed AS n
JOIN spoken AS s ON s.id = n.id
UNION ALL
SELECT part, NULL AS id, NULL AS publisher, NULL AS date, NULL AS cluster, NULL AS text, NULL AS words, NULL AS said, a_text, b_text, verbatim
FROM asked
