-- The signature of each different text.
SELECT s.* FROM signatures AS s JOIN texts AS t ON t.first_id = s.id
