-- asset: documents
-- promise: Every publisher that came on four days or more still comes: its last record is no older than four of its usual pauses, and a week.
-- do: Look at the crawler or the feed of this outlet: its address or form may have changed.
WITH days AS (SELECT DISTINCT publisher, CAST(ingested_at AS DATE) AS day FROM documents),
pauses AS (
    SELECT publisher, day, day - lag(day) OVER (PARTITION BY publisher ORDER BY day) AS pause FROM days
)
SELECT
    publisher,
    max(day) AS last_day,
    (SELECT max(day) FROM days) - last_day AS days_ago,
    median(pause) AS usual_pause,
    count(*) AS days
FROM pauses
GROUP BY publisher
HAVING days >= 4 AND days_ago > greatest(7, 4 * usual_pause)
ORDER BY days_ago DESC, publisher
