-- asset: speakers
-- promise: The name of every person looks like one, and names no publisher or organisation that is quoted too.
-- do: Review the list. Leave out of queries what is none, and report the pages.
WITH organisations AS (
    SELECT lower(name) AS name FROM speakers WHERE kind = 'organisation'
    UNION
    SELECT lower(replace(publisher, '-', ' ')) FROM articles WHERE publisher IS NOT NULL
)
SELECT
    s.name,
    CASE
        WHEN regexp_matches(s.name, '[0-9@/]') THEN 'has a digit or a sign'
        WHEN length(s.name) < 2 THEN 'has one character'
        WHEN len(string_split(s.name, ' ')) > 6 THEN 'has more than six words'
        WHEN o.name IS NOT NULL THEN 'is an organisation elsewhere'
        ELSE 'has no capital letter'
    END AS why,
    sum(s.quotes) AS quotes,
    sum(s.articles) AS articles,
    list(s.speaker_id ORDER BY s.speaker_id) AS speaker_ids
FROM speakers AS s
LEFT JOIN organisations AS o ON o.name = lower(s.name)
WHERE s.kind = 'person'
    AND (
        regexp_matches(s.name, '[0-9@/]')
        OR length(s.name) < 2
        OR len(string_split(s.name, ' ')) > 6
        OR o.name IS NOT NULL
        OR (lower(s.name) = s.name AND upper(s.name) <> s.name)
    )
GROUP BY s.name, why
ORDER BY quotes DESC, s.name
