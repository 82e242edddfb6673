CREATE OR REPLACE VIEW reprints AS
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
    p.kind,
    p.jaccard,
    p.reason,
    -- False for two outlets of one day: which of them was first is not known then.
    coalesce(o.date < a.date OR o.publisher = a.publisher OR a.credited_to = o.publisher, false) AS first_is_certain,
    a.missing,
    o.missing AS first_missing
FROM article_clusters AS c
JOIN articles AS a ON a.article_id = c.article_id
JOIN articles AS o ON o.article_id = c.canonical_id
LEFT JOIN duplicate_pairs AS p
    ON p.a_id = least(c.article_id, c.canonical_id)
    AND p.b_id = greatest(c.article_id, c.canonical_id)
WHERE c.article_id <> c.canonical_id;

COMMENT ON VIEW reprints IS 'Every article that is a copy or update of an earlier one, beside the first report and the evidence.';
