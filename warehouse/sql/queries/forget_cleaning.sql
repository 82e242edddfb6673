DELETE FROM internal.ledger WHERE stage IN ('lines', 'cleaning') AND id IN (SELECT document_id FROM fresh);
DELETE FROM internal.document_lines WHERE id IN (SELECT document_id FROM fresh)
