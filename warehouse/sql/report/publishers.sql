-- Each publisher in figures, the one with most articles first.
SELECT
    a.publisher,
    count(*) AS articles,
    strftime(min(a.date), '%Y-%m-%d') AS first_date,
    strftime(max(a.date), '%Y-%m-%d') AS last_date,
    median(a.words)::BIGINT AS words,
    round(avg(a.share_kept), 3) AS kept,
    count(*) FILTER (WHERE a.share_kept < 1 / 3.0) AS cut_short,
    count(*) FILTER (WHERE c.canonical_id <> a.article_id) AS copies,
    coalesce(sum(q.quotes), 0)::BIGINT AS quotes
FROM articles AS a
LEFT JOIN article_clusters AS c ON c.article_id = a.article_id
LEFT JOIN (SELECT article_id, count(*) AS quotes FROM quotes GROUP BY article_id) AS q ON q.article_id = a.article_id
GROUP BY a.publisher
ORDER BY articles DESC, a.publisher
