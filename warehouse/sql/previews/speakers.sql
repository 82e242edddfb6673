-- Those quoted most.
SELECT name, kind, quotes, articles, roles, variants
FROM speakers
ORDER BY quotes DESC, name, speaker_id
LIMIT $rows
