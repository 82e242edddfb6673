-- What each place is asked. Most articles meet others of some days, so that a place has the pairs of some days, each pair on the day of its
-- earlier article: an article is sent to one place or two. A day of too many pairs is split by the homes of these.
WITH days AS (
    SELECT day, count(*) AS pairs FROM candidates GROUP BY day
),
spans AS (
    SELECT day, pairs > {most} AS split, CAST(floor((sum(pairs) OVER (ORDER BY day) - 1) / {most}) AS BIGINT) AS span FROM days
)
SELECT
    CASE WHEN s.split THEN concat('day', c.day, '-', right(h.home, {digits})) ELSE concat('span', s.span) END AS part,
    c.a_text,
    c.b_text,
    c.verbatim
FROM candidates AS c
JOIN homes AS h ON h.text = c.a_text
JOIN spans AS s ON s.day = c.day
