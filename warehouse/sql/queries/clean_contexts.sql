-- What each document's cleaning takes from the rest of the corpus: the buckets of its own lines.
CREATE OR REPLACE TEMP TABLE clean_contexts AS
SELECT d.id, md5(string_agg(d.line_hash || ':' || r.bucket, ',' ORDER BY d.line_hash)) AS context_hash
FROM internal.document_lines AS d
JOIN repeated_lines AS r ON r.publisher = d.publisher AND r.line_hash = d.line_hash
GROUP BY d.id
