-- What was removed from most documents.
SELECT publisher, kind, documents, times, left(text, 120) AS text, reason
FROM removed_text
ORDER BY documents DESC, times DESC, publisher, kind, text, reason
LIMIT $rows
