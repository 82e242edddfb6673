CREATE OR REPLACE VIEW reprints AS
-- Of a text with more copies than are paired one by one, the first stands for the others in pairs.
WITH texts AS (SELECT article_id, min(article_id) OVER (PARTITION BY text_hash) AS first_id FROM signatures)
SELECT
    c.cluster_id,
    c.canonical_id,
    o.publisher AS first_publisher,
    o.date AS first_date,
    o.title AS first_title,
    c.article_id,
    a.publisher,
    a.date,
    a.title,
    coalesce(p.kind, q.kind) AS kind,
    coalesce(p.jaccard, q.jaccard) AS jaccard,
    coalesce(p.reason, q.reason) AS reason,
    -- False for two outlets of one day, without times or credits: which of them was first is not known then.
    coalesce(c.first_is_certain OR o.date < a.date OR o.publisher = a.publisher OR a.credited_to = o.publisher, false) AS first_is_certain,
    a.missing,
    o.missing AS first_missing
FROM article_clusters AS c
JOIN articles AS a ON a.article_id = c.article_id
JOIN articles AS o ON o.article_id = c.canonical_id
LEFT JOIN duplicate_pairs AS p
    ON p.a_id = least(c.article_id, c.canonical_id)
    AND p.b_id = greatest(c.article_id, c.canonical_id)
LEFT JOIN texts AS x ON x.article_id = c.article_id
LEFT JOIN texts AS y ON y.article_id = c.canonical_id
LEFT JOIN duplicate_pairs AS q
    ON p.a_id IS NULL
    AND q.a_id = least(y.first_id, if(x.first_id = y.first_id, c.article_id, x.first_id))
    AND q.b_id = greatest(y.first_id, if(x.first_id = y.first_id, c.article_id, x.first_id))
WHERE c.article_id <> c.canonical_id;

COMMENT ON VIEW reprints IS 'Every article that is a copy or update of an earlier one, with the first report and the evidence.';
COMMENT ON COLUMN reprints.cluster_id IS 'Equal for copies of one text.';
COMMENT ON COLUMN reprints.canonical_id IS 'The first report.';
COMMENT ON COLUMN reprints.first_publisher IS 'Publisher of the first report.';
COMMENT ON COLUMN reprints.first_date IS 'Day of the first report.';
COMMENT ON COLUMN reprints.first_title IS 'Title of the first report.';
COMMENT ON COLUMN reprints.article_id IS 'The copy.';
COMMENT ON COLUMN reprints.publisher IS 'Publisher of the copy.';
COMMENT ON COLUMN reprints.date IS 'Day of the copy.';
COMMENT ON COLUMN reprints.title IS 'Title of the copy.';
COMMENT ON COLUMN reprints.kind IS 'exact, near or update.';
COMMENT ON COLUMN reprints.jaccard IS 'Exact Jaccard of the sets of 5-word shingles of both.';
COMMENT ON COLUMN reprints.reason IS 'Why it is of this kind.';
COMMENT ON COLUMN reprints.first_is_certain IS 'False where it is not known which of the two was first.';
COMMENT ON COLUMN reprints.missing IS 'True where the copy is not in the corpus any more.';
COMMENT ON COLUMN reprints.first_missing IS 'True where the first report is not in the corpus any more.';
