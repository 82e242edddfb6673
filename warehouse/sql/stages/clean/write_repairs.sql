INSERT INTO repairs BY NAME
SELECT
    c.id AS document_id,
    CAST(i.index AS INTEGER) AS repair_index,
    c.repairs[i.index + 1].start AS repair_start,
    c.repairs[i.index + 1]."end" AS repair_end,
    c.repairs[i.index + 1].kind AS kind,
    c.repairs[i.index + 1].before AS before,
    c.repairs[i.index + 1].after AS after
FROM new_cleaned AS c, unnest(range(len(c.repairs))) AS i(index)
