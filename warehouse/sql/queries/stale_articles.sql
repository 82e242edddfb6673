SELECT d.document_id AS id, d.content_hash AS input_hash, coalesce(c.context_hash, '') AS context_hash
FROM documents AS d
LEFT JOIN clean_contexts AS c ON c.id = d.document_id
LEFT JOIN internal.ledger AS l ON l.stage = 'cleaning' AND l.id = d.document_id
WHERE (d.raw_text IS NOT NULL OR d.raw_html IS NOT NULL)
    AND d.document_id NOT IN (SELECT document_id FROM rejects WHERE stage = 'ingest')
    AND (
        l.input_hash IS DISTINCT FROM d.content_hash
        OR l.version <> $version
        OR l.context_hash <> coalesce(c.context_hash, '')
    )
ORDER BY d.document_id
