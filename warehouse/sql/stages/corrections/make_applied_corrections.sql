FROM followed_corrections ORDER BY ALL
