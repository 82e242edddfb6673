-- In how many articles the words of titles stand, of those that more than one has.
SELECT s.hash, s.articles FROM asked AS a JOIN spread AS s ON s.hash = a.hash
