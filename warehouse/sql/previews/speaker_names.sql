-- Spellings of those who have most of them.
WITH shown AS (
    SELECT speaker_id, name, variants FROM speakers ORDER BY len(variants) DESC, speaker_id LIMIT $rows
)
SELECT s.name AS speaker, n.name AS spelling, n.quotes, n.articles, n.first_date, n.last_date
FROM speaker_names AS n
JOIN shown AS s ON s.speaker_id = n.speaker_id
ORDER BY len(s.variants) DESC, n.speaker_id, n.quotes DESC, n.name
LIMIT $rows
