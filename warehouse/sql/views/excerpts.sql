CREATE OR REPLACE VIEW excerpts AS
SELECT
    CASE WHEN p.containment_a >= p.containment_b THEN p.a_id ELSE p.b_id END AS article_id,
    CASE WHEN p.containment_a >= p.containment_b THEN p.b_id ELSE p.a_id END AS source_id,
    CASE WHEN p.containment_a >= p.containment_b THEN a.publisher ELSE b.publisher END AS publisher,
    CASE WHEN p.containment_a >= p.containment_b THEN b.publisher ELSE a.publisher END AS source_publisher,
    CASE WHEN p.containment_a >= p.containment_b THEN a.date ELSE b.date END AS date,
    CASE WHEN p.containment_a >= p.containment_b THEN b.date ELSE a.date END AS source_date,
    greatest(p.containment_a, p.containment_b) AS share,
    p.reason
FROM duplicate_pairs AS p
JOIN articles AS a ON a.article_id = p.a_id
JOIN articles AS b ON b.article_id = p.b_id
WHERE p.kind = 'excerpt';

COMMENT ON VIEW excerpts IS 'Every article that has a passage in common with another, without being a copy: the one of which more is shared, with the other.';
