UPDATE documents SET missing = false, found_at = $found_at WHERE document_id IN (SELECT document_id FROM incoming)
