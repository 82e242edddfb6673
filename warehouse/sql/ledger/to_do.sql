-- Rows that a stage has not worked on as they are now, with the length of the record that each is of; `held` where it worked on them before, or left
-- something of them in its tables. And those that are `gone`: it worked on them, or left something of them, and they are not there any more.
WITH noted AS MATERIALIZED (
    FROM internal.ledger WHERE stage = $stage
),
changed AS MATERIALIZED (
    SELECT coalesce(i.id, n.id) AS id, i.* EXCLUDE id, n.id IS NOT NULL AS held, i.id IS NULL AS gone
    FROM inputs AS i
    FULL JOIN noted AS n ON n.id = i.id
    WHERE i.id IS NULL OR n.input_hash IS DISTINCT FROM CAST(md5_number(i.input_hash) >> 64 AS UBIGINT) OR n.context_hash <> CAST(md5_number(i.context_hash) >> 64 AS UBIGINT) OR n.version <> $version
),
left_over AS MATERIALIZED (
    SELECT DISTINCT id FROM held WHERE id NOT IN (SELECT id FROM noted)
),
every AS (
    SELECT * REPLACE (held OR id IN (SELECT id FROM left_over) AS held) FROM changed
    UNION ALL BY NAME
    SELECT id, true AS held, true AS gone FROM left_over WHERE id NOT IN (SELECT id FROM changed)
)
SELECT e.*, coalesce(d.characters, 0) AS characters
FROM every AS e
LEFT JOIN documents AS d ON d.document_id = e.id
ORDER BY e.id
