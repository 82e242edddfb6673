-- Everything is to be made again. The ledger keeps the ids, by which a stage knows what is gone.
UPDATE internal.ledger SET version = ''
