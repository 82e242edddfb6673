CREATE TABLE IF NOT EXISTS internal.arrivals (
    document_id VARCHAR PRIMARY KEY
);

COMMENT ON TABLE internal.arrivals IS 'Records that are new in a load whose missing files were not looked for yet: one of them may be a record that was moved.';
