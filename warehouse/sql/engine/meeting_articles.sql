-- Pairs of articles worth a comparison of what is said in them: that share rare words enough, near in time, or five words in a row.
SELECT a_text, b_text, bool_or(verbatim) AS verbatim, min(day) AS day, min(later) AS later
FROM meetings
GROUP BY a_text, b_text
HAVING bool_or(verbatim) OR sum(times) >= {shared}
