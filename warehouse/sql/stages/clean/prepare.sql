-- In how many distinct stories of its publisher each line stands, as a bucket: 2, 3 (three or four), 5 (five or more).
CREATE OR REPLACE TEMP TABLE repeated_lines AS
SELECT
    publisher,
    line_hash,
    CAST(CASE WHEN count(DISTINCT story_key) >= 5 THEN 5 WHEN count(DISTINCT story_key) >= 3 THEN 3 ELSE 2 END AS TINYINT) AS bucket
FROM internal.document_lines
GROUP BY publisher, line_hash
HAVING count(DISTINCT story_key) >= 2;

-- The lines of each document that a reviewed correction decides on.
CREATE OR REPLACE TEMP TABLE decided_lines AS
SELECT DISTINCT l.id, l.line_hash, d.line_kind AS kind, concat(d.entry, ' of ', d.file) AS entry
FROM internal.document_lines AS l
JOIN internal.decisions AS d ON d.publisher = l.publisher AND d.line_hash = l.line_hash;

-- What the cleaning of each document takes from elsewhere: the buckets of its own lines, and what was decided on them.
CREATE OR REPLACE TEMP TABLE line_contexts AS
SELECT id, md5(string_agg(line_hash || ':' || said, ',' ORDER BY line_hash, said)) AS context_hash
FROM (
    SELECT d.id, d.line_hash, CAST(r.bucket AS VARCHAR) AS said
    FROM internal.document_lines AS d
    JOIN repeated_lines AS r ON r.publisher = d.publisher AND r.line_hash = d.line_hash
    UNION ALL
    SELECT id, line_hash, kind || ' ' || entry FROM decided_lines
)
GROUP BY id
