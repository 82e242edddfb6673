SELECT count(*)
FROM incoming AS i
LEFT JOIN rejects AS r ON r.document_id = i.document_id
WHERE i.reject IS NOT NULL
    AND (r.reason IS DISTINCT FROM i.reject.reason OR r.message IS DISTINCT FROM i.reject.message OR r.line IS DISTINCT FROM i.line)
