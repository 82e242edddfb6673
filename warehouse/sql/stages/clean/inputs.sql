-- Every document that can be read, in the context of its publisher's other stories. The text of a page is as new as the code that took it.
SELECT
    d.document_id AS id,
    d.content_hash AS input_hash,
    coalesce(c.context_hash, '') || CASE WHEN d.raw_html IS NULL THEN '' ELSE coalesce(l.version, '') END AS context_hash
FROM documents AS d
LEFT JOIN line_contexts AS c ON c.id = d.document_id
LEFT JOIN internal.ledger AS l ON l.stage = 'lines' AND l.id = d.document_id
WHERE (d.raw_text IS NOT NULL OR d.raw_html IS NOT NULL)
    AND d.document_id NOT IN (SELECT document_id FROM rejects WHERE stage = 'ingest')
