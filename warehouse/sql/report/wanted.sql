-- The articles of some chunks.
CREATE OR REPLACE TEMP TABLE wanted AS
SELECT article_id, place, chunk
FROM shown
WHERE chunk IN (SELECT unnest($chunks))
