CREATE TABLE IF NOT EXISTS article_clusters (
    article_id VARCHAR PRIMARY KEY,
    cluster_id VARCHAR NOT NULL,
    canonical_id VARCHAR NOT NULL,
    representative_id VARCHAR NOT NULL,
    size BIGINT NOT NULL,
    first_is_certain BOOLEAN
);

COMMENT ON TABLE article_clusters IS 'For every article the cluster of copies it belongs to; an article without copies is a cluster of one.';
COMMENT ON COLUMN article_clusters.article_id IS 'The article.';
COMMENT ON COLUMN article_clusters.cluster_id IS 'Equal for copies of one text.';
COMMENT ON COLUMN article_clusters.canonical_id IS 'The first report, against which every member is verified.';
COMMENT ON COLUMN article_clusters.representative_id IS 'The latest corrected version, which unique_articles shows.';
COMMENT ON COLUMN article_clusters.size IS 'Number of articles in the cluster.';
COMMENT ON COLUMN article_clusters.first_is_certain IS 'Whether it is certain that the canonical was first: no other outlet has a copy of the same time, or credits nobody for an earlier one.';
