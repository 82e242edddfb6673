SELECT l.id FROM internal.ledger AS l ANTI JOIN articles AS a ON a.article_id = l.id WHERE l.stage = $stage ORDER BY l.id
