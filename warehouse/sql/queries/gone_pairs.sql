SELECT id
FROM (SELECT id FROM internal.ledger WHERE stage = 'pairs' UNION SELECT article_id FROM article_clusters)
WHERE id NOT IN (SELECT article_id FROM articles)
ORDER BY id
