SELECT
    speaker_id,
    article_id,
    name,
    any_value(date) AS date,
    coalesce(list_sort(list_distinct(list(speaker_role) FILTER (WHERE speaker_role IS NOT NULL))), []) AS roles,
    count(*) AS quotes
FROM said
GROUP BY speaker_id, article_id, name
ORDER BY ALL
