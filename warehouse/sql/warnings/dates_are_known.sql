-- asset: articles
-- promise: Of every publisher with ten articles or more, at least half have a date.
-- do: Put the day of publication into the records (date), or keep the addresses of pages (url): many hold it. First reports and stories need it.
SELECT publisher, count(*) AS articles, count(*) - count(date) AS without_date
FROM articles
GROUP BY publisher
HAVING articles >= 10 AND count(date) < articles / 2
ORDER BY without_date DESC, publisher
