-- In short, what duplicates of all articles rest on, and the versions of what sketched them.
SELECT
    md5(string_agg(concat_ws('|', article_id, body_hash, coalesce(publisher, chr(1)), coalesce(CAST(date AS VARCHAR), chr(1)), coalesce(correction, chr(1))), chr(10) ORDER BY article_id)),
    (SELECT list_sort(list(DISTINCT version)) FROM internal.ledger WHERE stage = 'signatures')
FROM articles
SEMI JOIN signatures USING (article_id)
