SELECT id, line_hash, kind, entry FROM decided_lines WHERE id IN (SELECT id FROM wanted) ORDER BY ALL
