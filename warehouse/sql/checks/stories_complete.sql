-- asset: stories
-- promise: Every article is in one story, and every story is named by an article of its own.
SELECT a.article_id FROM articles AS a ANTI JOIN story_articles AS s ON s.article_id = a.article_id
UNION ALL
SELECT s.article_id FROM story_articles AS s ANTI JOIN articles AS a ON a.article_id = s.article_id
UNION ALL
SELECT s.article_id
FROM story_articles AS s
LEFT JOIN story_articles AS f ON f.article_id = s.story_id AND f.story_id = s.story_id
WHERE f.article_id IS NULL
UNION ALL
SELECT s.story_id FROM story_articles AS s ANTI JOIN stories AS t ON t.story_id = s.story_id
