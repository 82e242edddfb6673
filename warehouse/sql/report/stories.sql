-- Stories that several articles tell of, with their articles in the order of time.
SELECT
    s.story_id AS id,
    s.headline,
    s.first_publisher,
    strftime(s.first_date, '%Y-%m-%d') AS first_date,
    strftime(s.last_date, '%Y-%m-%d') AS last_date,
    s.first_is_certain,
    s.articles,
    s.outlets,
    s.people,
    s.words,
    list(m.article_id ORDER BY a.date NULLS LAST, a.published_at NULLS LAST, a.article_id) AS members
FROM stories AS s
JOIN story_articles AS m ON m.story_id = s.story_id
JOIN articles AS a ON a.article_id = m.article_id
WHERE s.articles > 1 AND m.article_id IN (SELECT article_id FROM shown)
GROUP BY ALL
ORDER BY s.articles DESC, strftime(s.last_date, '%Y-%m-%d') DESC NULLS LAST, s.story_id
