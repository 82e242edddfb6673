SELECT p.document_id
FROM internal.places AS p
JOIN documents AS d ON d.document_id = p.document_id
WHERE p.root = $root AND p.path = $path AND NOT d.missing
