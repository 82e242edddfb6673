-- Every file of corrections, in the context of all that its entries do.
SELECT file AS id, '' AS input_hash, md5(string_agg(CAST(f AS VARCHAR), ',' ORDER BY CAST(f AS VARCHAR))) AS context_hash
FROM followed_corrections AS f
GROUP BY file
