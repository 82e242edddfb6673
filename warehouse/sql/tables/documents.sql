CREATE TABLE IF NOT EXISTS documents (
    document_id VARCHAR PRIMARY KEY,
    path VARCHAR NOT NULL,
    record_key VARCHAR,
    format VARCHAR NOT NULL,
    publisher VARCHAR,
    url VARCHAR,
    title VARCHAR,
    date DATE,
    byline VARCHAR,
    raw_text VARCHAR,
    raw_html VARCHAR,
    content_hash VARCHAR NOT NULL,
    missing BOOLEAN NOT NULL,
    found_at VARCHAR NOT NULL,
    load_id VARCHAR NOT NULL,
    ingested_at TIMESTAMP NOT NULL,
    markup VARCHAR,
    declared_section VARCHAR,
    declared_language VARCHAR,
    canonical_url VARCHAR,
    published_at VARCHAR,
    modified_at VARCHAR,
    extra VARCHAR,
    encoding VARCHAR,
    characters BIGINT
);

COMMENT ON TABLE documents IS 'Every record found in the corpus, one current row each, readable or not. Each is in exactly one of articles or rejects.';
COMMENT ON COLUMN documents.document_id IS 'Hash of the record''s identity: its path in the corpus and, in a file of many, its own key.';
COMMENT ON COLUMN documents.path IS 'Path of the file within the corpus folder, with forward slashes.';
COMMENT ON COLUMN documents.record_key IS 'The record''s own id, else its url, else the hash of its content with an occurrence number; null for a file of one article.';
COMMENT ON COLUMN documents.format IS 'Name of the reader that read the file.';
COMMENT ON COLUMN documents.publisher IS 'As the record names it, else the first folder below the corpus folder.';
COMMENT ON COLUMN documents.url IS 'As the record gives it.';
COMMENT ON COLUMN documents.title IS 'As the record gives it; what the text shows is in articles.title.';
COMMENT ON COLUMN documents.date IS 'Day of publication as the record gives it.';
COMMENT ON COLUMN documents.byline IS 'Authors as the record gives them.';
COMMENT ON COLUMN documents.raw_text IS 'The text as found, which offsets in blocks and repairs count in; for HTML the text extracted from it; null where unreadable.';
COMMENT ON COLUMN documents.raw_html IS 'The page as found, where the record holds HTML.';
COMMENT ON COLUMN documents.markup IS 'What the page''s markup says of itself, as JSON: title, times, authors, outlet, canonical address; null where it is a text.';
COMMENT ON COLUMN documents.content_hash IS 'Hash of all that the record says; a new one makes a new revision.';
COMMENT ON COLUMN documents.missing IS 'True where the last scan of its corpus folder did not find the record any more. Nothing else is dropped.';
COMMENT ON COLUMN documents.found_at IS 'The corpus folder in which the record was last found.';
COMMENT ON COLUMN documents.load_id IS 'The load that read this content.';
COMMENT ON COLUMN documents.ingested_at IS 'When this content was read, UTC.';
COMMENT ON COLUMN documents.declared_section IS 'As the record gives it.';
COMMENT ON COLUMN documents.declared_language IS 'ISO 639-1 code, as the record gives it.';
COMMENT ON COLUMN documents.canonical_url IS 'The address that the record says is the article''s own.';
COMMENT ON COLUMN documents.published_at IS 'When the record says that it was published, ISO 8601, with time and zone as far as they are given.';
COMMENT ON COLUMN documents.modified_at IS 'When the record says that it was last changed, in the same form.';
COMMENT ON COLUMN documents.extra IS 'What the record says besides, as JSON under its own names; a value in it that belongs to a field could not be read.';

COMMENT ON COLUMN documents.encoding IS 'In which encoding a text that is not UTF-8 was read, and how that was found: declared by itself, byte order mark, or detected.';
COMMENT ON COLUMN documents.characters IS 'Length of the raw text, or of the page as it came, in characters; null where there is none.';
