-- Rows that a stage has worked on, or left something of in its tables, and that are not there any more.
SELECT DISTINCT id
FROM (SELECT id FROM internal.ledger WHERE stage = $stage UNION ALL SELECT id FROM held)
WHERE id NOT IN (SELECT id FROM inputs)
ORDER BY id
