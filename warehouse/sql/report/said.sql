-- Where the quotes of wanted articles stand in what is shown of the bodies, as JSON.
SELECT
    w.place,
    q.quote_start AS first,
    q.quote_end AS last,
    q.quote_index AS other,
    json_array(q.quote_start, q.quote_end, q.type, coalesce(q.speaker_name, q.speaker_mention), round(q.confidence, 2))::VARCHAR AS piece
FROM quotes AS q
JOIN wanted AS w ON w.article_id = q.article_id
WHERE q.quote_end <= $longest
