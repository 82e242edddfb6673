-- Publishers that print the shingle of a bucket in many texts on many days.
SELECT f.bucket, d.publisher
FROM frequent AS f
JOIN signatures AS s ON s.text_hash = f.text
JOIN dated AS d ON d.id = s.id
WHERE d.publisher IS NOT NULL AND d.day IS NOT NULL
GROUP BY f.bucket, d.publisher
HAVING count(DISTINCT f.text) >= {stories} AND count(DISTINCT d.day) >= {days}
