SELECT count(*)
FROM internal.places AS p
JOIN documents AS d ON d.document_id = p.document_id
WHERE p.root = $root AND NOT d.missing AND p.path IN (SELECT path FROM gone)
