-- What could not become an article, and what to do.
SELECT reason, path, record_key, line, message
FROM rejects
ORDER BY reason, path, record_key, line
LIMIT $most
