-- All that each block needs to describe its articles: their words, and in how many articles of all each of its terms stands.
SELECT
    block,
    number,
    day,
    title,
    text,
    numbers,
    names,
    days,
    CAST(NULL AS INT) AS kind,
    CAST(NULL AS BIGINT) AS one,
    CAST(NULL AS BIGINT) AS other,
    CAST(NULL AS BIGINT) AS term,
    CAST(NULL AS BIGINT) AS articles
FROM text_words
WHERE number IS NOT NULL
UNION ALL
SELECT block, NULL AS number, NULL AS day, NULL AS title, NULL AS text, NULL AS numbers, NULL AS names, NULL AS days, kind, one, other, term, articles
FROM held
