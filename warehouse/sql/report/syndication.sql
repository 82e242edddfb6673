-- Who copies whom.
SELECT source, republisher, articles, round(median_hours, 1) AS median_hours, round(share_copied, 3) AS share_copied
FROM syndication
ORDER BY articles DESC, source, republisher
