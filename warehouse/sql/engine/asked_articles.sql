-- What each place is asked.
SELECT right(h.home, {digits}) AS part, c.a_text, c.b_text, c.verbatim
FROM candidates AS c
JOIN homes AS h ON h.text = c.a_text
