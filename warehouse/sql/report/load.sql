-- The load that published the file.
SELECT load_id, strftime(published_at, '%Y-%m-%d %H:%M UTC') AS published_at
FROM loads
ORDER BY published_at DESC NULLS LAST
LIMIT 1
