WITH asked AS MATERIALIZED (
    SELECT article_id, body, byline, byline_agency
    FROM articles
    WHERE rowid IN (SELECT rowid FROM articles WHERE article_id IN (SELECT id FROM wanted))
),
found AS (
    FROM blocks WHERE rowid IN (SELECT rowid FROM blocks WHERE document_id IN (SELECT id FROM wanted))
),
bodies AS (
    SELECT document_id, min(block_start) AS body_start, max(block_end) AS body_end
    FROM found
    WHERE kind = 'body'
    GROUP BY document_id
),
-- A short line right below a byline, or with a town, names the agency, whatever cleaning takes it for: "Associated Press", "AFP, QUELLIN".
lines AS MATERIALIZED (
    SELECT
        document_id,
        block_start,
        block_end,
        text,
        CASE
            WHEN kind IN ('caption', 'body', 'title') THEN kind
            WHEN len(string_split(text, ' ')) <= 4
                AND (
                    lag(kind) OVER (PARTITION BY document_id ORDER BY block_start, block_end) = 'byline'
                    OR length(regexp_extract(text, '^\W*(\p{L}[\p{L} ]+), \p{Lu}{3,}\W*$', 1)) BETWEEN 2 AND 31
                ) THEN 'byline'
            ELSE kind
        END AS kind
    FROM found
),
-- What cleaning took from above and below the body, but for pictures and what belongs to the page.
around AS (
    SELECT
        b.document_id,
        string_agg(b.text, chr(10) ORDER BY b.block_start) FILTER (WHERE b.block_end <= o.body_start AND b.kind IN ('byline', 'date_stamp')) AS above,
        string_agg(b.text, chr(10) ORDER BY b.block_start) FILTER (WHERE b.block_start >= o.body_end AND b.kind <> 'date_stamp') AS below
    FROM lines AS b
    JOIN bodies AS o ON o.document_id = b.document_id
    WHERE b.kind IN ('byline', 'date_stamp', 'author_bio', 'copyright', 'other')
    GROUP BY b.document_id
)
SELECT a.article_id AS id, a.body AS text, a.byline, a.byline_agency, r.above, r.below
FROM asked AS a
LEFT JOIN around AS r ON r.document_id = a.article_id
ORDER BY a.article_id
