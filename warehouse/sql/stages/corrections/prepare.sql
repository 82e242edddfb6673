-- Where each reviewed correction took effect, or why it did not: what the table will hold.
CREATE OR REPLACE TEMP TABLE followed_corrections AS
WITH lines AS (
    SELECT d.decision, 'blocks' AS table_name, b.document_id || ':' || b.block_start AS row_id, b.document_id AS article_id
    FROM internal.decisions AS d
    JOIN blocks AS b ON b.reason = concat('reviewed: ', d.entry, ' of ', d.file)
),
asked_names AS (
    SELECT decision, same, unnest(names) AS name FROM internal.decisions
),
-- The speakers whom each name of an entry is given to; none where nobody is quoted by it. Somebody unnamed is of one article.
named AS (
    SELECT DISTINCT n.decision, n.same, n.name, s.speaker_id
    FROM asked_names AS n
    LEFT JOIN (
        SELECT a.speaker_id, lower(strip_accents(trim(a.name))) AS name
        FROM speaker_articles AS a
        JOIN speakers AS p ON p.speaker_id = a.speaker_id
        WHERE p.kind <> 'unnamed'
    ) AS s ON s.name = lower(strip_accents(trim(n.name)))
),
spoken AS (
    SELECT
        decision,
        any_value(same) AS same,
        count(DISTINCT name) AS names,
        count(DISTINCT speaker_id) AS speakers,
        count(*) AS readings
    FROM named
    WHERE speaker_id IS NOT NULL
    GROUP BY decision
),
names AS (
    SELECT DISTINCT n.decision, 'speakers' AS table_name, n.speaker_id AS row_id, CAST(NULL AS VARCHAR) AS article_id
    FROM named AS n
    JOIN spoken AS s ON s.decision = n.decision
    WHERE n.speaker_id IS NOT NULL AND s.names > 1 AND CASE WHEN s.same THEN s.speakers = 1 ELSE s.speakers = s.readings END
),
pairs AS (
    SELECT d.decision, 'duplicate_pairs' AS table_name, p.a_id || ':' || p.b_id AS row_id, p.a_id AS article_id
    FROM internal.decisions AS d
    JOIN internal.undone_pairs AS p ON list_contains(d.articles, p.a_id) AND list_contains(d.articles, p.b_id)
    WHERE d.kind = 'articles'
),
holding AS (
    SELECT d.decision, q.quote_id, q.article_id, q.part_of IS NULL AS whole, q.speaker_name = d.speaker AS told
    FROM internal.decisions AS d
    JOIN quotes AS q ON q.article_id = d.articles[1]
    WHERE d.kind = 'quote' AND contains(
        lower(regexp_replace(q.quote, '\s+', ' ', 'g')),
        lower(regexp_replace(trim(d.words), '\s+', ' ', 'g'))
    )
),
held AS (
    SELECT decision, count(*) FILTER (WHERE whole) AS quotes FROM holding GROUP BY decision
),
quotes_told AS (
    SELECT o.decision, 'quotes' AS table_name, o.quote_id AS row_id, o.article_id
    FROM holding AS o
    JOIN held AS h ON h.decision = o.decision
    WHERE o.told AND h.quotes = 1
),
effects AS (
    FROM lines UNION ALL FROM names UNION ALL FROM pairs UNION ALL FROM quotes_told
),
missing AS (
    SELECT decision, string_agg(name, '", "' ORDER BY name) AS names FROM named WHERE speaker_id IS NULL GROUP BY decision
),
silent AS (
    SELECT
        d.decision,
        CASE
            WHEN d.problem IS NOT NULL THEN d.problem
            WHEN m.names IS NOT NULL THEN concat('nobody is quoted as "', m.names, '"')
            WHEN d.decision IN (SELECT decision FROM effects) THEN NULL
            WHEN d.kind = 'line' THEN concat('no page of the publisher "', d.publisher, '" has this line by itself')
            WHEN d.kind = 'names' AND d.same THEN 'these names are not of one speaker after all: they are given to speakers of several kinds'
            WHEN d.kind = 'names' THEN 'these names are of one speaker after all: they have the same words'
            WHEN d.kind = 'articles' THEN 'these articles share no text'
            WHEN coalesce(h.quotes, 0) = 0 THEN 'no quote of the article holds these words'
            ELSE concat(h.quotes, ' quotes of the article hold these words: give more of them')
        END AS message
    FROM internal.decisions AS d
    LEFT JOIN missing AS m ON m.decision = d.decision
    LEFT JOIN held AS h ON h.decision = d.decision
)
SELECT d.file, d.entry, d.kind, d.wording, e.table_name, e.row_id, e.article_id, CAST(NULL AS VARCHAR) AS message
FROM effects AS e
JOIN internal.decisions AS d ON d.decision = e.decision
UNION ALL
SELECT d.file, d.entry, d.kind, d.wording, NULL, NULL, NULL, s.message
FROM silent AS s
JOIN internal.decisions AS d ON d.decision = s.decision
WHERE s.message IS NOT NULL
