-- Records of files that are gone, each with a new record of the same content: the first with the first, by place.
CREATE OR REPLACE TEMP TABLE moves AS
WITH contents AS (
    SELECT document_id, path, record_key, missing, coalesce('page ' || md5(raw_html), 'text ' || md5(raw_text), 'none ' || content_hash) AS content
    FROM documents
    WHERE document_id IN (SELECT document_id FROM internal.arrivals) OR path IN (SELECT path FROM gone)
),
old AS (
    SELECT c.document_id, c.content, row_number() OVER (PARTITION BY c.content ORDER BY c.path, c.record_key) AS place
    FROM contents AS c
    JOIN internal.places AS p ON p.document_id = c.document_id
    WHERE p.root = $root AND NOT c.missing AND p.path IN (SELECT path FROM gone)
),
new AS (
    SELECT c.document_id, c.content, row_number() OVER (PARTITION BY c.content ORDER BY c.path, c.record_key) AS place
    FROM contents AS c
    WHERE NOT c.missing AND c.document_id IN (SELECT document_id FROM internal.arrivals)
)
SELECT old.document_id AS old_id, new.document_id AS new_id
FROM old
JOIN new ON new.content = old.content AND new.place = old.place AND new.document_id <> old.document_id
