CREATE TABLE IF NOT EXISTS internal.decisions (
    decision BIGINT NOT NULL,
    file VARCHAR NOT NULL,
    entry VARCHAR,
    kind VARCHAR,
    wording VARCHAR NOT NULL,
    publisher VARCHAR,
    line_hash UBIGINT,
    line_kind VARCHAR,
    same BOOLEAN,
    names VARCHAR[],
    articles VARCHAR[],
    words VARCHAR,
    speaker VARCHAR,
    speaker_kind VARCHAR,
    problem VARCHAR
);

COMMENT ON TABLE internal.decisions IS 'Reviewed corrections, one row per entry of a file. Where problem says why an entry cannot be used, it names no line, names or articles.';
