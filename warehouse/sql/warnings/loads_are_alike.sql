-- asset: quotes
-- promise: What the last load of twenty records or more brought is like the ten before it: articles of all records, words, share kept, quotes.
-- do: Look at what is new: FROM rejects and FROM articles of that load_id. Another crawler, outlet or page form shows here first.
WITH of_load AS (
    SELECT
        l.load_id,
        row_number() OVER (ORDER BY l.started_at DESC, l.load_id) AS ago,
        count(*) AS documents,
        [
            {'figure': 'articles of a record', 'value': count(a.article_id) / count(*)},
            {'figure': 'words of an article', 'value': avg(a.words)},
            {'figure': 'share kept', 'value': avg(a.share_kept)},
            {'figure': 'quotes of an article', 'value': sum(coalesce(q.quotes, 0)) / nullif(count(a.article_id), 0)}
        ] AS figures
    FROM loads AS l
    JOIN documents AS d ON d.load_id = l.load_id
    LEFT JOIN articles AS a ON a.article_id = d.document_id
    LEFT JOIN (SELECT article_id, count(*) AS quotes FROM quotes GROUP BY article_id) AS q ON q.article_id = a.article_id
    GROUP BY l.load_id, l.started_at
    HAVING documents >= 20
),
figures AS (SELECT load_id, ago, unnest(figures, recursive := true) FROM of_load WHERE ago <= 11)
SELECT
    figure,
    round(max(value) FILTER (ago = 1), 3) AS now,
    round(avg(value) FILTER (ago > 1), 3) AS before,
    count(*) FILTER (ago > 1) AS loads,
    max(load_id) FILTER (ago = 1) AS load_id
FROM figures
GROUP BY figure
HAVING loads >= 3
    AND abs(max(value) FILTER (ago = 1) - avg(value) FILTER (ago > 1))
        > greatest(3 * stddev_pop(value) FILTER (ago > 1), avg(value) FILTER (ago > 1) / 4)
ORDER BY figure
