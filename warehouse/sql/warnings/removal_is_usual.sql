-- asset: blocks
-- promise: Of no publisher with ten documents or more is more than four fifths of the text removed.
-- do: Where pages of the outlet are mostly lists, teasers or walls, leave them out of the folder; else look at FROM removed_text and report what is wrong.
SELECT
    d.publisher,
    count(DISTINCT b.document_id) AS documents,
    round(sum(CASE WHEN b.kind <> 'body' THEN b.block_end - b.block_start ELSE 0 END) / sum(b.block_end - b.block_start), 3) AS share_removed
FROM blocks AS b
JOIN documents AS d ON d.document_id = b.document_id
GROUP BY d.publisher
HAVING documents >= 10 AND share_removed > 0.8
ORDER BY share_removed DESC, d.publisher
