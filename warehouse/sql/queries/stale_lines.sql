SELECT d.document_id AS id
FROM documents AS d
LEFT JOIN internal.ledger AS l ON l.stage = 'lines' AND l.id = d.document_id
WHERE (d.raw_text IS NOT NULL OR d.raw_html IS NOT NULL)
    AND d.document_id NOT IN (SELECT document_id FROM rejects WHERE stage = 'ingest')
    AND (l.input_hash IS DISTINCT FROM d.content_hash OR l.version <> $version)
ORDER BY d.document_id
