-- The decisions `asked` with the ids of the articles that they name: by id, by url, by path, or by path and key of the record.
WITH wanted AS (
    SELECT decision, unnest(refs) AS ref FROM asked
),
named AS (
    SELECT document_id, document_id AS name FROM documents
    UNION
    SELECT document_id, url FROM documents
    UNION
    SELECT document_id, canonical_url FROM documents
    UNION
    SELECT document_id, concat_ws('#', path, record_key) FROM documents
),
found AS (
    SELECT w.decision, w.ref, count(n.document_id) AS articles, min(n.document_id) AS article_id
    FROM wanted AS w
    LEFT JOIN named AS n ON n.name = w.ref
    GROUP BY w.decision, w.ref
),
settled AS (
    SELECT
        decision,
        list(DISTINCT article_id ORDER BY article_id) AS articles,
        string_agg(
            CASE
                WHEN articles = 0 THEN 'no article has the id, url or path "' || ref || '"'
                WHEN articles > 1 THEN articles || ' articles have the url or path "' || ref || '": give the id of one'
            END,
            '; '
            ORDER BY ref
        ) AS problem
    FROM found
    GROUP BY decision
)
SELECT
    a.decision,
    a.file,
    a.entry,
    a.kind,
    a.wording,
    a.publisher,
    a.line_hash,
    a.line_kind,
    a.same,
    a.names,
    CASE WHEN s.problem IS NULL THEN s.articles END AS articles,
    a.words,
    a.speaker,
    a.speaker_kind,
    coalesce(a.problem, s.problem) AS problem
FROM asked AS a
LEFT JOIN settled AS s ON s.decision = a.decision
ORDER BY a.decision
