-- asset: articles
-- promise: Of every publisher, at most a tenth of the articles keep less than a third of the characters in sentences.
-- do: Look at FROM removed_text for the publisher. Where sentences of articles stand there, add misses to the rule that took them, or report the page.
SELECT
    publisher,
    count(*) AS articles,
    count(*) FILTER (share_kept < 1 / 3.0) AS cut_short,
    round(avg(share_kept), 3) AS mean_share_kept
FROM articles
WHERE share_kept IS NOT NULL
GROUP BY publisher
HAVING avg(CAST(share_kept < 1 / 3.0 AS INTEGER)) > 0.1
ORDER BY cut_short DESC, publisher
