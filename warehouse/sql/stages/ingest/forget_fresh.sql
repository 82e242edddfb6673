-- Records that changed go, to be written as they are now, and whatever was made of them is to be made again. The ledger keeps their ids, by
-- which a stage knows what is gone.
UPDATE internal.ledger SET version = '' WHERE id IN (SELECT document_id FROM fresh);
DELETE FROM rejects WHERE document_id IN (SELECT document_id FROM fresh);
DELETE FROM documents WHERE document_id IN (SELECT document_id FROM fresh)
