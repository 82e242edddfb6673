INSERT INTO internal.terms
SELECT (SELECT count(*) FROM internal.terms) + row_number() OVER (ORDER BY times DESC, hash) - 1 AS number, hash
FROM (SELECT unnest(words) AS hash, count(*) AS times FROM new_words GROUP BY hash)
ANTI JOIN internal.terms USING (hash);

INSERT INTO internal.article_words
SELECT w.id AS article_id, packed_set(coalesce(n.numbers, [])) AS words
FROM new_words AS w
LEFT JOIN (
    SELECT id, list(number) AS numbers FROM (SELECT id, unnest(words) AS hash FROM new_words) JOIN internal.terms USING (hash) GROUP BY id
) AS n ON n.id = w.id
ORDER BY w.id
