-- In how many distinct stories of its publisher each line stands, as a bucket: 2, 3 (three or four), 5 (five or more).
CREATE OR REPLACE TEMP TABLE repeated_lines AS
SELECT
    publisher,
    line_hash,
    CAST(CASE WHEN count(DISTINCT story_key) >= 5 THEN 5 WHEN count(DISTINCT story_key) >= 3 THEN 3 ELSE 2 END AS TINYINT) AS bucket
FROM internal.document_lines
GROUP BY publisher, line_hash
HAVING count(DISTINCT story_key) >= 2
