-- Known records of which only what no field takes is new.
SELECT count(*)
FROM documents AS d
JOIN incoming AS i ON i.document_id = d.document_id
WHERE d.extra IS DISTINCT FROM i.extra AND d.document_id NOT IN (SELECT document_id FROM fresh)
