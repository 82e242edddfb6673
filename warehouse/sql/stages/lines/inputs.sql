-- Every document that can be read. Taking the text from a page is what takes time.
SELECT
    document_id AS id,
    content_hash AS input_hash,
    '' AS context_hash,
    CASE WHEN raw_html IS NULL THEN 0.05 ELSE 1 END AS weight
FROM documents
WHERE (raw_text IS NOT NULL OR raw_html IS NOT NULL)
    AND document_id NOT IN (SELECT document_id FROM rejects WHERE stage = 'ingest')
