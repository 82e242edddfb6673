CREATE TABLE IF NOT EXISTS duplicate_pairs (
    a_id VARCHAR NOT NULL,
    b_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    jaccard DOUBLE NOT NULL,
    containment_a DOUBLE NOT NULL,
    containment_b DOUBLE NOT NULL,
    estimate DOUBLE,
    found_by VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    passages STRUCT(a_start BIGINT, a_end BIGINT, b_start BIGINT, b_end BIGINT)[] NOT NULL,
    days_apart BIGINT,
    common_share DOUBLE NOT NULL,
    own_containment DOUBLE NOT NULL,
    PRIMARY KEY (a_id, b_id)
);

COMMENT ON TABLE duplicate_pairs IS 'Pairs of articles that share text, each verified on the full texts.';
COMMENT ON COLUMN duplicate_pairs.a_id IS 'One article; a_id < b_id.';
COMMENT ON COLUMN duplicate_pairs.b_id IS 'The other article.';
COMMENT ON COLUMN duplicate_pairs.kind IS 'exact, near, update, excerpt, statement, template or boilerplate; the first three may merge.';
COMMENT ON COLUMN duplicate_pairs.jaccard IS 'Exact Jaccard of the sets of 5-word shingles.';
COMMENT ON COLUMN duplicate_pairs.containment_a IS 'Share of a''s shingles that are in b.';
COMMENT ON COLUMN duplicate_pairs.containment_b IS 'Share of b''s shingles that are in a.';
COMMENT ON COLUMN duplicate_pairs.estimate IS 'Jaccard as the signatures estimate it.';
COMMENT ON COLUMN duplicate_pairs.found_by IS 'What proposed the pair.';
COMMENT ON COLUMN duplicate_pairs.reason IS 'Why it is of this kind.';
COMMENT ON COLUMN duplicate_pairs.passages IS 'Shared passages as offsets into both bodies.';
COMMENT ON COLUMN duplicate_pairs.days_apart IS 'Days between the nearest printings of the two texts, where dates are known.';
COMMENT ON COLUMN duplicate_pairs.common_share IS 'Share of what they have in common that one publisher prints on many days.';
COMMENT ON COLUMN duplicate_pairs.own_containment IS 'The larger containment without that, from the sketches.';
