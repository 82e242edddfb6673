CREATE TABLE IF NOT EXISTS applied_corrections (
    file VARCHAR NOT NULL,
    entry VARCHAR,
    kind VARCHAR,
    wording VARCHAR NOT NULL,
    table_name VARCHAR,
    row_id VARCHAR,
    article_id VARCHAR,
    message VARCHAR
);

COMMENT ON TABLE applied_corrections IS 'Where reviewed corrections took effect, one row each, and a row with a message for each that could not.';
COMMENT ON COLUMN applied_corrections.file IS 'The file of corrections, beside the corpus.';
COMMENT ON COLUMN applied_corrections.entry IS 'Its place in the file, such as names[2]; null where the whole file cannot be read.';
COMMENT ON COLUMN applied_corrections.kind IS 'line, names, articles or quote.';
COMMENT ON COLUMN applied_corrections.wording IS 'The entry as JSON, without its note.';
COMMENT ON COLUMN applied_corrections.table_name IS 'The table in which a row was changed, or from which it was taken.';
COMMENT ON COLUMN applied_corrections.row_id IS 'The row: quote_id, speaker_id, a_id:b_id of a pair that was taken out, or document_id:block_start.';
COMMENT ON COLUMN applied_corrections.article_id IS 'The article, where the row belongs to one.';
COMMENT ON COLUMN applied_corrections.message IS 'Why the correction, or a part of it, has no effect.';
