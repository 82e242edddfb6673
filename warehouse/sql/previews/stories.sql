-- Those that most outlets tell of, the newest first.
SELECT coalesce(headline, array_to_string(words, ' ')) AS headline, articles, len(outlets) AS outlets, first_date, last_date, first_publisher, first_is_certain, people
FROM stories
ORDER BY articles > 1 DESC, last_date DESC NULLS LAST, outlets DESC, articles DESC, story_id
LIMIT $rows
