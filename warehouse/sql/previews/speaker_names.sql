-- Spellings of those who have most of them.
SELECT s.name AS speaker, n.name AS spelling, n.quotes, n.articles, n.first_date, n.last_date
FROM speaker_names AS n
LEFT JOIN speakers AS s ON s.speaker_id = n.speaker_id
ORDER BY len(s.variants) DESC NULLS LAST, n.speaker_id, n.quotes DESC, n.name
LIMIT $rows
