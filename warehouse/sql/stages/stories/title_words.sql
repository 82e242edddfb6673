-- The words of each article's title, each once.
SELECT DISTINCT article_id, unnest(regexp_extract_all(lower(title), '[\p{L}\p{N}]{3,}')) AS word FROM articles ORDER BY ALL
