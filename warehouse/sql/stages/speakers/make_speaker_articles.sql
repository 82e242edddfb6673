SELECT
    s.speaker_id,
    s.article_id,
    s.name,
    any_value(a.date) AS date,
    coalesce(list_sort(list_distinct(list(q.speaker_role) FILTER (WHERE q.speaker_role IS NOT NULL))), []) AS roles,
    count(*) AS quotes
FROM assigned AS s
JOIN quotes AS q ON q.article_id = s.article_id AND q.speaker_name = s.name
JOIN articles AS a ON a.article_id = s.article_id
WHERE q.speaker_kind NOT IN ('document', 'media')
GROUP BY s.speaker_id, s.article_id, s.name
ORDER BY ALL
