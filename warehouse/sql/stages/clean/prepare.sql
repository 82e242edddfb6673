-- In how many distinct stories of its publisher each line stands, as a bucket: 2, 3 (three or four), 5 (five or more).
CREATE OR REPLACE TEMP TABLE repeated_lines AS
SELECT
    publisher,
    line_hash,
    CAST(CASE WHEN count(DISTINCT story_key) >= 5 THEN 5 WHEN count(DISTINCT story_key) >= 3 THEN 3 ELSE 2 END AS TINYINT) AS bucket
FROM internal.document_lines
GROUP BY publisher, line_hash
HAVING count(DISTINCT story_key) >= 2;

-- What the cleaning of each document takes from the rest of the corpus: the buckets of its own lines.
CREATE OR REPLACE TEMP TABLE line_contexts AS
SELECT d.id, md5(string_agg(d.line_hash || ':' || r.bucket, ',' ORDER BY d.line_hash)) AS context_hash
FROM internal.document_lines AS d
JOIN repeated_lines AS r ON r.publisher = d.publisher AND r.line_hash = d.line_hash
GROUP BY d.id
