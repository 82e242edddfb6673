SELECT
    publisher,
    count(*) AS articles,
    avg(CAST(share_kept < 1 / 3.0 AS INTEGER)) AS cut_short,
    avg(share_kept) AS kept
FROM articles
WHERE share_kept IS NOT NULL
GROUP BY publisher
ORDER BY cut_short DESC, publisher
