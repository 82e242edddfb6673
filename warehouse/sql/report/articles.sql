-- What lists and filters show of each article, newest first.
SELECT
    a.article_id AS id,
    a.publisher,
    strftime(a.date, '%Y-%m-%d') AS date,
    a.title,
    o.opening,
    a.byline,
    a.url,
    a.language,
    a.words,
    round(a.share_kept, 3) AS kept,
    round(a.wire, 3) AS wire,
    a.credited_to,
    a.correction,
    CASE WHEN c.canonical_id <> a.article_id THEN c.canonical_id END AS copy_of,
    s.story_id AS story,
    d.path,
    (SELECT count(*) FROM quotes AS q WHERE q.article_id = a.article_id) AS quotes
FROM shown
JOIN articles AS a ON a.article_id = shown.article_id
JOIN documents AS d ON d.document_id = a.article_id
LEFT JOIN (SELECT article_id, left(body, 80) AS opening FROM articles WHERE title IS NULL) AS o ON o.article_id = a.article_id
LEFT JOIN article_clusters AS c ON c.article_id = a.article_id
LEFT JOIN story_articles AS s ON s.article_id = a.article_id
ORDER BY a.date DESC NULLS LAST, a.article_id
