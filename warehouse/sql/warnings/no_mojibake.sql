-- asset: articles
-- promise: No body holds characters that were read in the wrong encoding.
-- do: Read the source again in its own encoding. Where the text is lost (a replacement character), fetch the page again.
SELECT
    publisher,
    title,
    regexp_extract(body, '.{0,20}(Ã[\x{80}-\x{BF}]|â€|Â[\x{A0}-\x{BF}]|\x{FFFD}).{0,20}') AS found,
    article_id
FROM articles
WHERE strlen(body) > length(body) -- bytes, characters: most texts need no look
    AND regexp_matches(body, 'Ã[\x{80}-\x{BF}]|â€|Â[\x{A0}-\x{BF}]|\x{FFFD}')
ORDER BY publisher, article_id
