-- The new record takes the place of the old one, with its older texts. What stages made of the old one goes, as of any row that is not there.
INSERT OR REPLACE INTO document_revisions BY NAME
SELECT m.new_id AS document_id, r.* EXCLUDE (document_id) FROM document_revisions AS r JOIN moves AS m ON m.old_id = r.document_id;
DELETE FROM document_revisions WHERE document_id IN (SELECT old_id FROM moves);
DELETE FROM rejects WHERE document_id IN (SELECT old_id FROM moves);
DELETE FROM internal.places WHERE document_id IN (SELECT old_id FROM moves);
DELETE FROM documents WHERE document_id IN (SELECT old_id FROM moves);
DELETE FROM internal.arrivals WHERE document_id IN (SELECT new_id FROM moves);
INSERT OR REPLACE INTO internal.moved SELECT old_id, new_id FROM moves
