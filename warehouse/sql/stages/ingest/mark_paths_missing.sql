UPDATE documents SET missing = true
WHERE document_id IN (SELECT document_id FROM internal.places WHERE root = $root AND path IN (SELECT path FROM gone))
