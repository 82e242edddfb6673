-- No stage takes this, so nothing is made again.
UPDATE documents SET extra = i.extra
FROM incoming AS i
WHERE documents.document_id = i.document_id AND documents.extra IS DISTINCT FROM i.extra AND documents.document_id NOT IN (SELECT document_id FROM fresh)
