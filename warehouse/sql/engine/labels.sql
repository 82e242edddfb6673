-- The lowest text within two meetings: texts that meet each other mostly have the same one. Where they have not, they are sent to two places.
SELECT n.text, min(least(own.label, theirs.label)) AS label
FROM neighbours AS n
JOIN nearest AS own ON own.text = n.text
JOIN nearest AS theirs ON theirs.text = n.other
GROUP BY n.text
