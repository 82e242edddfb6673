CREATE OR REPLACE VIEW syndication AS
WITH taken AS (
    SELECT
        s.source,
        a.publisher AS republisher,
        s.article_id,
        -- The credit and the text itself are one case: the text says when.
        max(s.share) AS share,
        min(s.hours) AS hours
    FROM article_sources AS s
    JOIN articles AS a ON a.article_id = s.article_id
    WHERE a.publisher IS DISTINCT FROM s.source AND s.share > 0
    GROUP BY s.source, a.publisher, s.article_id
)
SELECT
    source,
    republisher,
    count(*) AS articles,
    median(hours) AS median_hours,
    avg(share) AS share_copied
FROM taken
GROUP BY source, republisher;

COMMENT ON VIEW syndication IS 'Who republishes whom, by copies, excerpts and credits: how many articles, after how many hours, and what share of each.';
COMMENT ON COLUMN syndication.source IS 'The agency or outlet that texts are from.';
COMMENT ON COLUMN syndication.republisher IS 'The publisher that has them.';
COMMENT ON COLUMN syndication.articles IS 'Number of its articles that hold text of the source, or credit it.';
COMMENT ON COLUMN syndication.median_hours IS 'Median of the hours that they came later; null where there are only credits.';
COMMENT ON COLUMN syndication.share_copied IS 'Mean share of these articles'' characters that is from the source, 0 to 1.';
