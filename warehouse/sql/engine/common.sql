-- The entries of each text that a publisher of the text prints again and again.
SELECT DISTINCT f.bucket, f.text
FROM frequent AS f
JOIN signatures AS s ON s.text_hash = f.text
JOIN dated AS d ON d.id = s.id
JOIN printed AS p ON p.bucket = f.bucket AND p.publisher = d.publisher
WHERE d.day IS NOT NULL
