-- The words of each article's title, each once.
SELECT article_id, unnest(list_distinct(regexp_extract_all(lower(title), '[\p{L}\p{N}]{3,}'))) AS word FROM articles
