SELECT
    (SELECT count(*) FROM documents) AS documents,
    (SELECT count(*) FROM articles) AS articles,
    (SELECT count(DISTINCT publisher) FROM articles) AS publishers,
    (SELECT count(*) FROM rejects) AS rejects,
    (SELECT count(*) FROM blocks WHERE kind <> 'body') AS removed,
    (SELECT count(*) FROM repairs) AS repairs,
    (SELECT count(*) FROM articles WHERE share_kept < 1 / 3.0) AS cut_short,
    (SELECT count(*) FROM duplicate_pairs) AS pairs,
    (SELECT count(*) FROM article_clusters WHERE article_id <> canonical_id) AS copies,
    (SELECT count(*) FROM quotes) AS quotes,
    (SELECT count(*) FROM speakers) AS speakers,
    (SELECT count(*) FROM failures) AS failures
