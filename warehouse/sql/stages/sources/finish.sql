UPDATE articles SET credited_to = w.credited_to, wire = w.wire
FROM internal.article_wire AS w
WHERE w.article_id = articles.article_id
    AND (articles.credited_to IS DISTINCT FROM w.credited_to OR articles.wire IS DISTINCT FROM w.wire);

-- The first report of copies, by times and credits.
UPDATE article_clusters SET canonical_id = f.canonical_id, first_is_certain = f.first_is_certain
FROM internal.first_copies AS f
WHERE f.article_id = article_clusters.article_id
    AND (
        article_clusters.canonical_id IS DISTINCT FROM f.canonical_id
        OR article_clusters.first_is_certain IS DISTINCT FROM f.first_is_certain
    )
