UPDATE documents SET missing = true
WHERE
    document_id IN (SELECT p.document_id FROM internal.places AS p WHERE p.root = $root AND p.path IN (SELECT path FROM finished))
    AND NOT missing
    AND document_id NOT IN (SELECT id FROM seen)
