-- What each place is asked. Time is cut into {spans} spans; a place has the pairs of two of them, or of one: so an article is sent to {spans} places at the most,
-- and mostly to one of the pairs that are near in time. A place of too many pairs is split by their homes.
WITH ends AS (
    SELECT day, count(*) AS pairs
    FROM (SELECT day FROM candidates UNION ALL SELECT later AS day FROM candidates) AS either
    GROUP BY day
),
spans AS (
    SELECT day, CAST(floor({spans} * (sum(pairs) OVER (ORDER BY day) - pairs) / sum(pairs) OVER ()) AS BIGINT) AS span FROM ends
),
spanned AS (
    SELECT c.a_text, c.b_text, c.verbatim, concat(one.span, '-', other.span) AS place
    FROM candidates AS c
    JOIN spans AS one ON one.day = c.day
    JOIN spans AS other ON other.day = c.later
),
crowds AS (
    SELECT place, count(*) AS pairs FROM spanned GROUP BY place
)
SELECT
    CASE
        WHEN c.pairs > {most} THEN concat(s.place, '-', right(h.home, CAST(ceil(ln(c.pairs / {most}) / ln(16)) AS INT)))
        ELSE s.place
    END AS part,
    s.a_text,
    s.b_text,
    s.verbatim
FROM spanned AS s
JOIN crowds AS c ON c.place = s.place
JOIN homes AS h ON h.text = s.a_text
