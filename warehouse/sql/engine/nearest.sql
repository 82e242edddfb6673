-- The lowest text that each one meets.
SELECT text, least(text, min(other)) AS label FROM neighbours GROUP BY text
