-- Who is quoted, those with most quotes first.
SELECT speaker_id AS id, name, kind, variants, roles, quotes, articles
FROM speakers
ORDER BY quotes DESC, name, speaker_id
