-- All that each place needs: every copy of its texts, what it is asked, and the common entries of its texts.
WITH needed AS (
    SELECT part, a_text AS text FROM asked
    UNION
    SELECT part, b_text AS text FROM asked
)
SELECT
    n.part,
    a.id,
    a.text,
    a.publisher,
    a.date,
    a.correction,
    CAST(NULL AS VARCHAR(1)) AS a_text,
    CAST(NULL AS VARCHAR(1)) AS b_text,
    CAST(NULL AS BOOLEAN) AS band,
    CAST(NULL AS BIGINT) AS bucket
FROM needed AS n
JOIN signatures AS s ON s.text_hash = n.text
JOIN articles AS a ON a.id = s.id
UNION ALL
SELECT part, NULL AS id, NULL AS text, NULL AS publisher, NULL AS date, NULL AS correction, a_text, b_text, band, NULL AS bucket
FROM asked
UNION ALL
SELECT
    n.part,
    NULL AS id,
    NULL AS text,
    NULL AS publisher,
    NULL AS date,
    NULL AS correction,
    c.text AS a_text,
    NULL AS b_text,
    NULL AS band,
    c.bucket
FROM needed AS n
JOIN common AS c ON c.text = n.text
