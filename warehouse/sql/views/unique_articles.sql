CREATE OR REPLACE VIEW unique_articles AS
SELECT
    a.*,
    c.cluster_id,
    c.canonical_id,
    c.size AS copies,
    first_report.publisher AS first_publisher,
    first_report.date AS first_date
FROM article_clusters AS c
JOIN articles AS a ON a.article_id = c.representative_id
JOIN articles AS first_report ON first_report.article_id = c.canonical_id
WHERE c.article_id = c.representative_id;

COMMENT ON VIEW unique_articles IS 'One row per story text: the latest corrected version of each cluster of copies, with the number of copies and who had it first.';
