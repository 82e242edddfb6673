CREATE TABLE IF NOT EXISTS document_revisions (
    document_id VARCHAR NOT NULL,
    content_hash VARCHAR NOT NULL,
    publisher VARCHAR,
    url VARCHAR,
    title VARCHAR,
    date DATE,
    byline VARCHAR,
    raw_text VARCHAR,
    raw_html VARCHAR,
    load_id VARCHAR NOT NULL,
    replaced_at TIMESTAMP NOT NULL,
    body VARCHAR,
    quotes VARCHAR[],
    PRIMARY KEY (document_id, content_hash)
);

COMMENT ON TABLE document_revisions IS 'Older texts of records that changed in place; the current one is in documents.';
COMMENT ON COLUMN document_revisions.document_id IS 'The record, as in documents.';
COMMENT ON COLUMN document_revisions.content_hash IS 'Hash of what the record said then.';
COMMENT ON COLUMN document_revisions.publisher IS 'As the record named it then.';
COMMENT ON COLUMN document_revisions.url IS 'As the record gave it then.';
COMMENT ON COLUMN document_revisions.title IS 'As the record gave it then.';
COMMENT ON COLUMN document_revisions.date IS 'As the record gave it then.';
COMMENT ON COLUMN document_revisions.byline IS 'As the record gave it then.';
COMMENT ON COLUMN document_revisions.raw_text IS 'The text as found then; null where it was unreadable or HTML.';
COMMENT ON COLUMN document_revisions.raw_html IS 'The page as found then, where it was HTML.';
COMMENT ON COLUMN document_revisions.load_id IS 'The load that had read this content.';
COMMENT ON COLUMN document_revisions.replaced_at IS 'When newer content took its place, UTC.';
COMMENT ON COLUMN document_revisions.body IS 'The clean text of that version; null where it was no article, or was replaced before Copydesk kept bodies.';
COMMENT ON COLUMN document_revisions.quotes IS 'The words quoted in it, in order.';
