-- The bodies of wanted articles as JSON, of a very long one the first `$longest` characters.
SELECT w.place, w.chunk, to_json(left(a.body, $longest) || if(length(a.body) > $longest, ' …', ''))::VARCHAR AS piece
FROM articles AS a
JOIN wanted AS w ON w.article_id = a.article_id
