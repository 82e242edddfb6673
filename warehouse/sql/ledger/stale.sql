-- Rows that a stage has not worked on as they are now, with the length of the record that each is of; `held` where it worked on them before, or
-- left something of them in its tables. Both are asked of these rows only, which are few of many.
WITH stale AS MATERIALIZED (
    SELECT i.*, l.id IS NOT NULL AS noted
    FROM inputs AS i
    LEFT JOIN internal.ledger AS l ON l.stage = $stage AND l.id = i.id
    WHERE l.input_hash IS DISTINCT FROM CAST(md5_number(i.input_hash) >> 64 AS UBIGINT) OR l.context_hash <> CAST(md5_number(i.context_hash) >> 64 AS UBIGINT) OR l.version <> $version
)
SELECT s.* EXCLUDE noted, coalesce(d.characters, 0) AS characters, noted OR h.id IS NOT NULL AS held
FROM stale AS s
LEFT JOIN documents AS d ON d.document_id = s.id
LEFT JOIN (SELECT DISTINCT id FROM held WHERE id IN (SELECT id FROM stale WHERE NOT noted)) AS h ON h.id = s.id
ORDER BY s.id
