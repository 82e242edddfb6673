CREATE OR REPLACE VIEW quote_conflicts AS
SELECT
    c.utterance_id,
    c.kind,
    c.a_words,
    c.b_words,
    a.publisher AS a_publisher,
    a.date AS a_date,
    substr(a.body, c.a_start + 1, c.a_end - c.a_start) AS a_text,
    b.publisher AS b_publisher,
    b.date AS b_date,
    substr(b.body, c.b_start + 1, c.b_end - c.b_start) AS b_text,
    u.speaker_name,
    u.reports,
    c.a_article_id,
    c.b_article_id
FROM utterance_conflicts AS c
JOIN utterances AS u ON u.utterance_id = c.utterance_id
JOIN articles AS a ON a.article_id = c.a_article_id
JOIN articles AS b ON b.article_id = c.b_article_id;

COMMENT ON VIEW quote_conflicts IS 'Reports of the same words that contradict each other: another named speaker, a negation gained or lost, other numbers, other days.';
