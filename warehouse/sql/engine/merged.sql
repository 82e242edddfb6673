-- Articles whose texts merge with others, or have copies: all others are clusters of one.
WITH merging AS (
    SELECT a_text AS text FROM merges
    UNION
    SELECT b_text AS text FROM merges
    UNION
    SELECT text FROM texts WHERE copies > 1
)
SELECT s.id, s.text_hash, s.words, a.date, a.correction
FROM merging AS m
JOIN signatures AS s ON s.text_hash = m.text
JOIN articles AS a ON a.id = s.id
