CREATE TABLE IF NOT EXISTS internal.undone_pairs (
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

COMMENT ON TABLE internal.undone_pairs IS 'Pairs as duplicate_pairs would hold them, of articles that a reviewed correction says are no copies of each other.';
