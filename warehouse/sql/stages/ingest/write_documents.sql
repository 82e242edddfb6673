INSERT INTO documents BY NAME
SELECT
    i.document_id,
    i.path,
    i.record_key,
    i.format,
    i.publisher,
    i.url,
    i.title,
    CAST(i.date AS DATE) AS date,
    i.byline,
    i.text AS raw_text,
    i.html AS raw_html,
    i.content_hash,
    false AS missing,
    $found_at AS found_at,
    $load_id AS load_id,
    now() AS ingested_at,
    i.section AS declared_section,
    i.language AS declared_language,
    i.canonical_url,
    i.published_at,
    i.modified_at,
    i.extra,
    i.encoding,
    length(coalesce(i.html, i.text)) AS characters
FROM incoming AS i
JOIN fresh AS f ON f.document_id = i.document_id
