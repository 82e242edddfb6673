-- The newest of which it is certain.
SELECT date, publisher, headline, articles, outlets, first_is_certain, credited_to
FROM first_reports
ORDER BY first_is_certain DESC, date DESC NULLS LAST, articles DESC, story_id
LIMIT $rows
