-- The bodies of wanted articles as JSON.
SELECT w.place, w.chunk, to_json(a.body)::VARCHAR AS piece
FROM articles AS a
JOIN wanted AS w ON w.article_id = a.article_id
