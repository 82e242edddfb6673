CREATE TABLE IF NOT EXISTS internal.correction_files (
    folder VARCHAR NOT NULL,
    file VARCHAR NOT NULL,
    content VARCHAR,
    PRIMARY KEY (folder, file)
);

COMMENT ON TABLE internal.correction_files IS 'Files of reviewed corrections as they were read last, for loads while their place is not there.';
