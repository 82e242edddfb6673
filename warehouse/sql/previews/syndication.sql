-- Who takes most.
SELECT source, republisher, articles, median_hours, share_copied
FROM syndication
ORDER BY articles DESC, share_copied DESC, source, republisher
LIMIT $rows
