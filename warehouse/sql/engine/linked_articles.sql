-- The articles with a statement that is linked with another one.
WITH linked AS (
    SELECT a_article AS id FROM links
    UNION
    SELECT b_article AS id FROM links
)
SELECT s.id, s.publisher, s.date FROM linked AS l JOIN spoken AS s ON s.id = l.id
