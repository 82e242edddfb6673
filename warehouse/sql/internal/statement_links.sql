CREATE TABLE IF NOT EXISTS internal.statement_links (
    a_article VARCHAR NOT NULL,
    a_start BIGINT NOT NULL,
    a_end BIGINT NOT NULL,
    a_letters INTEGER NOT NULL,
    a_open BOOLEAN NOT NULL,
    a_attributed BOOLEAN NOT NULL,
    b_article VARCHAR NOT NULL,
    b_start BIGINT NOT NULL,
    b_end BIGINT NOT NULL,
    b_letters INTEGER NOT NULL,
    b_open BOOLEAN NOT NULL,
    b_attributed BOOLEAN NOT NULL,
    spare DOUBLE NOT NULL,
    linked BOOLEAN NOT NULL
);

COMMENT ON TABLE internal.statement_links IS 'Pairs of statements of two articles that are as alike as one utterance needs, or nearly, along which utterances grow: the letters of each, whether it is direct or partial speech and of a quote; how much more alike they are than is needed, and whether they are linked.';
