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
