SELECT id
FROM (SELECT id FROM internal.ledger WHERE stage = 'signatures' UNION SELECT article_id FROM signatures)
WHERE id NOT IN (SELECT article_id FROM articles)
ORDER BY id
