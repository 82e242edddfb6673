CREATE OR REPLACE VIEW excerpts AS
SELECT
    CASE WHEN p.containment_a >= p.containment_b THEN p.a_id ELSE p.b_id END AS article_id,
    CASE WHEN p.containment_a >= p.containment_b THEN p.b_id ELSE p.a_id END AS source_id,
    CASE WHEN p.containment_a >= p.containment_b THEN a.publisher ELSE b.publisher END AS publisher,
    CASE WHEN p.containment_a >= p.containment_b THEN b.publisher ELSE a.publisher END AS source_publisher,
    CASE WHEN p.containment_a >= p.containment_b THEN a.date ELSE b.date END AS date,
    CASE WHEN p.containment_a >= p.containment_b THEN b.date ELSE a.date END AS source_date,
    greatest(p.containment_a, p.containment_b) AS share,
    p.reason,
    list_transform(
        [list_reverse_sort(list_transform(p.passages, lambda s: {'length': s.a_end - s.a_start, 'early': -s.a_start}))[1]],
        lambda longest: substr(a.body, 1 - longest.early, longest.length)
    )[1] AS passage
FROM duplicate_pairs AS p
JOIN articles AS a ON a.article_id = p.a_id
JOIN articles AS b ON b.article_id = p.b_id
WHERE p.kind = 'excerpt';

COMMENT ON VIEW excerpts IS 'Every article that has a passage in common with another, without being a copy: the one of which more is shared, with the other.';
COMMENT ON COLUMN excerpts.article_id IS 'The article of which the larger share is in common.';
COMMENT ON COLUMN excerpts.source_id IS 'The other article.';
COMMENT ON COLUMN excerpts.publisher IS 'Publisher of the article.';
COMMENT ON COLUMN excerpts.source_publisher IS 'Publisher of the other.';
COMMENT ON COLUMN excerpts.date IS 'Day of the article.';
COMMENT ON COLUMN excerpts.source_date IS 'Day of the other.';
COMMENT ON COLUMN excerpts.share IS 'Share of the article''s 5-word shingles that the other has too, 0 to 1.';
COMMENT ON COLUMN excerpts.reason IS 'Why it is an excerpt and no copy.';
COMMENT ON COLUMN excerpts.passage IS 'The longest passage that both have, as one of them prints it; null where only short ones are shared.';
