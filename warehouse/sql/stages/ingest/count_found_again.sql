-- Records that were missing, or whose corpus folder was moved.
SELECT count(*) FROM documents AS d JOIN incoming AS i ON i.document_id = d.document_id WHERE d.missing OR d.found_at <> $found_at
