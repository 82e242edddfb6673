CREATE OR REPLACE VIEW utterances_with_context AS
SELECT
    r.utterance_id,
    u.text AS utterance,
    a.article_id,
    a.publisher,
    a.date,
    a.title,
    a.url,
    r.text AS words,
    r.relation,
    r.type,
    r.speaker_name AS speaker,
    r.speaker_mention,
    r.speaker_in_group,
    NOT r.counts AS is_copy,
    u.reports,
    u.conflicts
FROM utterance_reports AS r
JOIN utterances AS u ON u.utterance_id = r.utterance_id
JOIN articles AS a ON a.article_id = r.article_id;

COMMENT ON VIEW utterances_with_context IS 'Statements that several articles print: one row for each article that has the words, with its publisher and day, and whom it names.';
COMMENT ON COLUMN utterances_with_context.utterance_id IS 'Row of utterances.';
COMMENT ON COLUMN utterances_with_context.utterance IS 'The statement: the fullest wording that is in quotation marks anywhere, else the fullest.';
COMMENT ON COLUMN utterances_with_context.article_id IS 'The article.';
COMMENT ON COLUMN utterances_with_context.publisher IS 'As in articles.';
COMMENT ON COLUMN utterances_with_context.date IS 'Day of the article.';
COMMENT ON COLUMN utterances_with_context.title IS 'Title of the article.';
COMMENT ON COLUMN utterances_with_context.url IS 'As in articles.';
COMMENT ON COLUMN utterances_with_context.words IS 'The words as this article prints them.';
COMMENT ON COLUMN utterances_with_context.relation IS 'How they stand to the statement: verbatim, excerpt, edited, retranslated or indirect.';
COMMENT ON COLUMN utterances_with_context.type IS 'direct, partial or indirect.';
COMMENT ON COLUMN utterances_with_context.speaker IS 'The name that this article gives; null where it names nobody.';
COMMENT ON COLUMN utterances_with_context.speaker_mention IS 'The speaker as this article has it at the cue: a name, a pronoun or a role.';
COMMENT ON COLUMN utterances_with_context.speaker_in_group IS 'Whom most articles name.';
COMMENT ON COLUMN utterances_with_context.is_copy IS 'Whether the article is a copy of an earlier one that has the words.';
COMMENT ON COLUMN utterances_with_context.reports IS 'Number of articles that print the statement, without copies.';
COMMENT ON COLUMN utterances_with_context.conflicts IS 'Number of contradictions between them.';
