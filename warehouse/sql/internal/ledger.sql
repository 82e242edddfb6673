CREATE TABLE IF NOT EXISTS internal.ledger (
    stage VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    input_hash UBIGINT NOT NULL,
    version VARCHAR NOT NULL,
    context_hash UBIGINT NOT NULL,
    PRIMARY KEY (stage, id)
);

COMMENT ON TABLE internal.ledger IS 'What each stage has done, on which input, by which code and in which context. A row that differs from the data is stale.';
