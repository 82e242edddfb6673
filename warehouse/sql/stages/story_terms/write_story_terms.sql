INSERT INTO internal.terms
SELECT (SELECT count(*) FROM internal.terms) + row_number() OVER (ORDER BY times DESC, hash) - 1 AS number, hash
FROM (
    SELECT hash, count(*) AS times
    FROM (SELECT unnest(title) AS hash FROM new_story_terms UNION ALL SELECT unnest(text) AS hash FROM new_story_terms UNION ALL SELECT unnest(names) AS hash FROM new_story_terms)
    GROUP BY hash
)
ANTI JOIN internal.terms USING (hash);

INSERT INTO internal.story_terms
WITH placed AS (
    SELECT id, 't' AS part, unnest(title) AS hash, generate_subscripts(title, 1) AS place FROM new_story_terms
    UNION ALL
    SELECT id, 'b', unnest(text), generate_subscripts(text, 1) FROM new_story_terms
    UNION ALL
    SELECT id, 'n', unnest(numbers), generate_subscripts(numbers, 1) FROM new_story_terms
    UNION ALL
    SELECT id, 'p', unnest(names), generate_subscripts(names, 1) FROM new_story_terms
),
numbered AS (
    SELECT
        id,
        list(number ORDER BY place) FILTER (WHERE part = 't') AS title,
        list(number ORDER BY place) FILTER (WHERE part = 'b') AS text,
        list(number ORDER BY place) FILTER (WHERE part = 'n') AS numbers,
        list(number ORDER BY place) FILTER (WHERE part = 'p') AS names
    FROM placed
    JOIN internal.terms USING (hash)
    GROUP BY id
)
SELECT
    s.id AS article_id,
    packed(coalesce(n.title, [])) AS title,
    packed(coalesce(n.text, [])) AS text,
    packed(coalesce(n.numbers, [])) AS numbers,
    packed(coalesce(n.names, [])) AS names,
    s.days
FROM new_story_terms AS s
LEFT JOIN numbered AS n ON n.id = s.id
ORDER BY s.id
