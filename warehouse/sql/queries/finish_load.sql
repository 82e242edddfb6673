UPDATE loads SET
    published_at = now(),
    documents = (SELECT count(*) FROM documents),
    articles = (SELECT count(*) FROM articles),
    rejects = (SELECT count(*) FROM rejects),
    duplicate_pairs = (SELECT count(*) FROM duplicate_pairs),
    quotes = (SELECT count(*) FROM quotes)
WHERE load_id = $load_id
