-- Pairs that say who has a text from whom: those of two outlets, and for the articles in these, the earlier versions of their own outlet.
WITH shared AS (
    SELECT p.a_id, p.b_id, p.passages, a.publisher <> b.publisher AS across
    FROM duplicate_pairs AS p
    JOIN articles AS a ON a.article_id = p.a_id
    JOIN articles AS b ON b.article_id = p.b_id
    WHERE p.kind <> 'statement' AND a.publisher IS NOT NULL AND b.publisher IS NOT NULL
),
asked AS (
    SELECT a_id AS id FROM shared WHERE across
    UNION
    SELECT b_id AS id FROM shared WHERE across
)
SELECT a_id, b_id, passages
FROM shared
WHERE across OR a_id IN (SELECT id FROM asked) OR b_id IN (SELECT id FROM asked)
ORDER BY a_id, b_id
