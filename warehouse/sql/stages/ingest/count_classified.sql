SELECT count(*) FILTER (WHERE NOT known), count(*) FILTER (WHERE known) FROM fresh
