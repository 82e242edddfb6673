-- Pairs of texts worth a comparison: that share a band, an entry with its neighbourhood, or entries enough.
SELECT a_text, b_text, bool_or(band) AS band
FROM meetings
GROUP BY a_text, b_text
HAVING bool_or(band) OR bool_or(sure) OR sum(times) >= max(needed)
