INSERT INTO articles BY NAME
SELECT
    d.document_id AS article_id,
    d.publisher,
    d.url,
    coalesce(d.title, c.title) AS title,
    coalesce(d.date, CAST(c.date AS DATE)) AS date,
    CASE WHEN d.date IS NOT NULL THEN 'record' ELSE c.date_source END AS date_source,
    CASE
        WHEN length(d.published_at) > 10 THEN d.published_at
        WHEN d.date IS NULL OR left(c.published_at, 10) = CAST(d.date AS VARCHAR) THEN c.published_at
    END AS published_at,
    coalesce(d.modified_at, c.modified_at) AS modified_at,
    CASE WHEN d.date IS NULL AND c.date IS NULL THEN c.date_partial END AS date_partial,
    coalesce(d.byline, c.byline) AS byline,
    c.byline_agency,
    c.dateline,
    coalesce(d.declared_section, c.section) AS section,
    c.photo_credit,
    c.correction,
    c.share_kept,
    coalesce(c.language, d.declared_language) AS language,
    c.text AS body,
    md5(c.text) AS body_hash,
    len(regexp_extract_all(c.text, '[\p{L}\p{N}]+')) AS words,
    $load_id AS load_id,
    d.missing
FROM new_cleaned AS c
JOIN documents AS d ON d.document_id = c.id
WHERE c.reject IS NULL
