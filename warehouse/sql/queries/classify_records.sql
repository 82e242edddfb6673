-- Records that are new, whose content changed, or that became readable or unreadable without it, as by a mended id.
CREATE OR REPLACE TEMP TABLE fresh AS
SELECT
    i.document_id,
    d.document_id IS NOT NULL AS known,
    d.content_hash IS DISTINCT FROM i.content_hash AS changed
FROM incoming AS i
LEFT JOIN documents AS d ON d.document_id = i.document_id
LEFT JOIN rejects AS r ON r.document_id = i.document_id AND r.stage = 'ingest'
WHERE d.content_hash IS DISTINCT FROM i.content_hash OR (r.document_id IS NULL) <> (i.reject IS NULL)
