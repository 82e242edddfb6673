-- Records and older texts that the published file, attached as `published`, holds and this one does not. Those that were moved or dropped are not lost.
SELECT
    (
        SELECT count(*)
        FROM published.documents
        WHERE document_id NOT IN (SELECT document_id FROM documents) AND document_id NOT IN (SELECT old_id FROM internal.moved UNION ALL SELECT document_id FROM internal.dropped)
    ) AS records,
    (
        SELECT count(*)
        FROM published.document_revisions AS r
        WHERE document_id NOT IN (SELECT old_id FROM internal.moved UNION ALL SELECT document_id FROM internal.dropped)
            AND NOT EXISTS (FROM document_revisions AS w WHERE w.document_id = r.document_id AND w.content_hash = r.content_hash)
    ) AS revisions
