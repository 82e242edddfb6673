-- What each place is asked: pairs of texts, and a text with itself where it has copies.
SELECT right(h.home, {digits}) AS part, c.a_text, c.b_text, c.band
FROM candidates AS c
JOIN homes AS h ON h.text = c.a_text
UNION ALL
SELECT right(coalesce(h.home, t.text), {digits}) AS part, t.text AS a_text, t.text AS b_text, false AS band
FROM texts AS t
LEFT JOIN homes AS h ON h.text = t.text
WHERE t.copies > 1
