CREATE TABLE IF NOT EXISTS internal.common_words (
    kind VARCHAR NOT NULL,
    hash UBIGINT NOT NULL
);

COMMENT ON TABLE internal.common_words IS 'Words, and five words in a row (shingle), that too many articles had at the last load to propose what is compared for utterances; and the outlets that there were, as one hash.';
