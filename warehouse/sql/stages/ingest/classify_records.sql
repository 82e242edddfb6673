-- Records that are new, whose content changed, or that are read in another way without it: as by a corrected id, or by newer code.
CREATE OR REPLACE TEMP TABLE fresh AS
SELECT
    i.document_id,
    d.document_id IS NOT NULL AS known,
    d.content_hash IS DISTINCT FROM i.content_hash AS changed
FROM incoming AS i
LEFT JOIN documents AS d ON d.document_id = i.document_id
LEFT JOIN rejects AS r ON r.document_id = i.document_id AND r.stage = 'ingest'
WHERE d.content_hash IS DISTINCT FROM i.content_hash
    OR (r.document_id IS NULL) <> (i.reject IS NULL)
    OR d.format IS DISTINCT FROM i.format
    OR d.publisher IS DISTINCT FROM i.publisher
    OR d.url IS DISTINCT FROM i.url
    OR d.title IS DISTINCT FROM i.title
    OR d.date IS DISTINCT FROM CAST(i.date AS DATE)
    OR d.byline IS DISTINCT FROM i.byline
    OR d.declared_section IS DISTINCT FROM i.section
    OR d.declared_language IS DISTINCT FROM i.language
    OR d.canonical_url IS DISTINCT FROM i.canonical_url
    OR d.published_at IS DISTINCT FROM i.published_at
    OR d.modified_at IS DISTINCT FROM i.modified_at
