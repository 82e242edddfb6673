-- asset: speaker_articles
-- promise: Names and articles of speakers are those of the quotes, and every speaker has some.
SELECT s.speaker_id FROM speakers AS s ANTI JOIN speaker_names AS n ON n.speaker_id = s.speaker_id
UNION ALL
SELECT n.speaker_id FROM speaker_names AS n ANTI JOIN speakers AS s ON s.speaker_id = n.speaker_id
UNION ALL
SELECT s.speaker_id
FROM speaker_articles AS s
ANTI JOIN quotes AS q ON q.article_id = s.article_id AND q.speaker_name = s.name AND q.speaker_id = s.speaker_id
