-- Whatever was made of records that changed is to be made again.
DELETE FROM internal.ledger WHERE id IN (SELECT document_id FROM fresh);
DELETE FROM rejects WHERE document_id IN (SELECT document_id FROM fresh)
