CREATE OR REPLACE VIEW quote_conflicts AS
SELECT
    c.utterance_id,
    c.kind,
    c.a_words,
    c.b_words,
    a.publisher AS a_publisher,
    a.date AS a_date,
    x.text AS a_text,
    b.publisher AS b_publisher,
    b.date AS b_date,
    y.text AS b_text,
    u.speaker_name,
    u.reports,
    c.a_article_id,
    c.b_article_id
FROM utterance_conflicts AS c
JOIN utterances AS u ON u.utterance_id = c.utterance_id
JOIN articles AS a ON a.article_id = c.a_article_id
JOIN articles AS b ON b.article_id = c.b_article_id
JOIN utterance_reports AS x
    ON x.utterance_id = c.utterance_id AND x.article_id = c.a_article_id AND x.report_start = c.a_start AND x.report_end = c.a_end
JOIN utterance_reports AS y
    ON y.utterance_id = c.utterance_id AND y.article_id = c.b_article_id AND y.report_start = c.b_start AND y.report_end = c.b_end;

COMMENT ON VIEW quote_conflicts IS 'Reports of the same words that contradict each other: another named speaker, a negation gained or lost, other numbers, other days.';
COMMENT ON COLUMN quote_conflicts.utterance_id IS 'The utterance.';
COMMENT ON COLUMN quote_conflicts.kind IS 'speaker, negation, number or date.';
COMMENT ON COLUMN quote_conflicts.a_words IS 'What differs: the words of the one, lower case and without marks, or the speaker that it names.';
COMMENT ON COLUMN quote_conflicts.b_words IS 'The words of the other, or the speaker that it names.';
COMMENT ON COLUMN quote_conflicts.a_publisher IS 'Publisher of the one report.';
COMMENT ON COLUMN quote_conflicts.a_date IS 'Day of the one report.';
COMMENT ON COLUMN quote_conflicts.a_text IS 'The words as the one prints them.';
COMMENT ON COLUMN quote_conflicts.b_publisher IS 'Publisher of the other report.';
COMMENT ON COLUMN quote_conflicts.b_date IS 'Day of the other report.';
COMMENT ON COLUMN quote_conflicts.b_text IS 'The words as the other prints them.';
COMMENT ON COLUMN quote_conflicts.speaker_name IS 'Whom most articles name; null where nobody is named by more than every other.';
COMMENT ON COLUMN quote_conflicts.reports IS 'Number of articles that have the utterance and are no copies of each other.';
COMMENT ON COLUMN quote_conflicts.a_article_id IS 'The article of the one report.';
COMMENT ON COLUMN quote_conflicts.b_article_id IS 'The article of the other report.';
