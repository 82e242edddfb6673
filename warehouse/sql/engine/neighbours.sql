SELECT a_text AS text, b_text AS other FROM candidates
UNION ALL
SELECT b_text AS text, a_text AS other FROM candidates
