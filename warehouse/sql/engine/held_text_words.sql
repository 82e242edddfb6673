-- In short, what stories of all articles rest on.
SELECT
    (SELECT md5(string_agg(concat_ws('|', article_id, body_hash, coalesce(title, chr(1)), coalesce(CAST(date AS VARCHAR), chr(1))), chr(10) ORDER BY article_id)) FROM articles),
    (SELECT coalesce(sum(hash(held)), 0) FROM article_clusters AS held),
    (SELECT coalesce(sum(hash(held)), 0) FROM internal.story_terms AS held)
