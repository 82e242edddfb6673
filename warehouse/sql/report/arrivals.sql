-- How many articles of each publisher carry each day.
SELECT publisher, date, count(*) AS articles
FROM articles
WHERE date IS NOT NULL
GROUP BY publisher, date
ORDER BY date, publisher
