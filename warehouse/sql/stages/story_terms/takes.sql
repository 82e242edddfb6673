SELECT article_id AS id, title, body AS text, strftime(date, '%Y-%m-%d') AS date
FROM articles
WHERE rowid IN (SELECT rowid FROM articles WHERE article_id IN (SELECT id FROM wanted))
ORDER BY article_id
