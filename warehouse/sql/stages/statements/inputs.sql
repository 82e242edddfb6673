-- Statements rest on the body and on what was read in it by which code.
SELECT a.article_id AS id, a.body_hash AS input_hash, coalesce(q.input_hash || q.version || q.context_hash, '') AS context_hash
FROM articles AS a
LEFT JOIN internal.ledger AS q ON q.stage = 'quotes' AND q.id = a.article_id
