UPDATE articles SET credited_to = w.credited_to, wire = w.wire
FROM internal.article_wire AS w
WHERE w.article_id = articles.article_id
    AND (articles.credited_to IS DISTINCT FROM w.credited_to OR articles.wire IS DISTINCT FROM w.wire)
