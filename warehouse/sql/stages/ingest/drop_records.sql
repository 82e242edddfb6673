-- Records go, with their older texts. What stages made of them goes as of any row that is not there. `for_good`: they are not read again.
DELETE FROM internal.files AS f
WHERE EXISTS (FROM internal.places AS p JOIN doomed ON doomed.id = p.document_id WHERE p.root = f.root AND p.path = f.path);
DELETE FROM document_revisions WHERE document_id IN (SELECT id FROM doomed);
DELETE FROM rejects WHERE document_id IN (SELECT id FROM doomed);
DELETE FROM internal.places WHERE document_id IN (SELECT id FROM doomed);
DELETE FROM internal.arrivals WHERE document_id IN (SELECT id FROM doomed);
DELETE FROM internal.moved WHERE old_id IN (SELECT id FROM doomed) OR new_id IN (SELECT id FROM doomed);
DELETE FROM documents WHERE document_id IN (SELECT id FROM doomed);
INSERT OR REPLACE INTO internal.dropped SELECT id, for_good FROM doomed
