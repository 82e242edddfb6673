CREATE OR REPLACE VIEW article_versions AS
WITH changed AS (
    SELECT DISTINCT document_id AS article_id FROM document_revisions WHERE body IS NOT NULL
),
quoted AS (
    SELECT article_id, list(quote ORDER BY quote_index) AS quotes FROM quotes SEMI JOIN changed USING (article_id) GROUP BY article_id
),
versions AS (
    SELECT document_id AS article_id, title, body, quotes, replaced_at FROM document_revisions WHERE body IS NOT NULL
    UNION ALL
    SELECT a.article_id, a.title, a.body, coalesce(q.quotes, []), NULL
    FROM articles AS a
    SEMI JOIN changed USING (article_id)
    LEFT JOIN quoted AS q ON q.article_id = a.article_id
),
numbered AS (
    SELECT
        *,
        row_number() OVER in_time AS version,
        string_split(body, chr(10) || chr(10)) AS paragraphs,
        string_split(lag(body) OVER in_time, chr(10) || chr(10)) AS paragraphs_before
    FROM versions
    WINDOW in_time AS (PARTITION BY article_id ORDER BY replaced_at NULLS LAST, body)
)
SELECT
    n.article_id,
    n.version,
    n.replaced_at IS NULL AS is_current,
    n.replaced_at,
    a.publisher,
    n.title,
    n.body,
    n.quotes,
    CASE WHEN n.paragraphs_before IS NOT NULL THEN list_filter(n.paragraphs, lambda p: NOT list_contains(n.paragraphs_before, p)) END AS added,
    list_filter(n.paragraphs_before, lambda p: NOT list_contains(n.paragraphs, p)) AS dropped
FROM numbered AS n
LEFT JOIN articles AS a ON a.article_id = n.article_id;

COMMENT ON VIEW article_versions IS 'Every version of an article that changed in place, the oldest first, with its quotes and the paragraphs that it has and the version before has not, and the other way round.';
COMMENT ON COLUMN article_versions.article_id IS 'The article.';
COMMENT ON COLUMN article_versions.version IS 'From 1, the oldest first.';
COMMENT ON COLUMN article_versions.is_current IS 'True for the version that stands in articles.';
COMMENT ON COLUMN article_versions.replaced_at IS 'When newer content took its place, UTC; null for the current version.';
COMMENT ON COLUMN article_versions.publisher IS 'As in articles.';
COMMENT ON COLUMN article_versions.title IS 'Title of this version.';
COMMENT ON COLUMN article_versions.body IS 'The clean text of this version.';
COMMENT ON COLUMN article_versions.quotes IS 'The words quoted in it, in order.';
COMMENT ON COLUMN article_versions.added IS 'Paragraphs that the version before has not; null for the first.';
COMMENT ON COLUMN article_versions.dropped IS 'Paragraphs of the version before that this one has not; null for the first.';
