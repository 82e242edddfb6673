-- The entries of each text that a publisher of the text prints again and again: in many texts, on many days.
WITH placed AS (
    SELECT f.bucket, f.text, d.publisher, d.day
    FROM frequent AS f
    JOIN signatures AS s ON s.text_hash = f.text
    JOIN dated AS d ON d.id = s.id
    WHERE d.publisher IS NOT NULL AND d.day IS NOT NULL
),
printed AS (
    SELECT bucket, publisher
    FROM placed
    GROUP BY bucket, publisher
    HAVING count(DISTINCT text) >= {stories} AND count(DISTINCT day) >= {days}
)
SELECT DISTINCT f.bucket, f.text
FROM placed AS f
JOIN printed AS p ON p.bucket = f.bucket AND p.publisher = f.publisher
