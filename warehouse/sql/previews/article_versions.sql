-- The changes made last.
SELECT publisher, title, version, is_current, replaced_at, added, dropped, len(quotes) AS quotes
FROM article_versions
ORDER BY max(replaced_at) OVER (PARTITION BY article_id) DESC NULLS LAST, article_id, version DESC
LIMIT $rows
