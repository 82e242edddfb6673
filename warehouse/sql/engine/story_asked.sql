-- What each place is asked: the pairs of texts of one span of {blocks} blocks, or of two, and whether both report an utterance.
WITH met AS (SELECT a, b, max(likeness) AS likeness FROM meetings GROUP BY a, b),
spans AS (SELECT number, CAST(floor(block / {blocks}) AS BIGINT) AS span FROM cards)
SELECT concat(least(one.span, other.span), '-', greatest(one.span, other.span)) AS part, m.a, m.b, m.likeness, s.a IS NOT NULL AS said
FROM met AS m
JOIN spans AS one ON one.number = m.a
JOIN spans AS other ON other.number = m.b
LEFT JOIN said AS s ON s.a = m.a AND s.b = m.b
