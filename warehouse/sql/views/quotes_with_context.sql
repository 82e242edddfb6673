CREATE OR REPLACE VIEW quotes_with_context AS
SELECT
    q.quote_id,
    q.article_id,
    a.publisher,
    a.date,
    a.title,
    a.url,
    q.type,
    q.quote,
    coalesce(s.name, q.speaker_name) AS speaker,
    q.speaker_mention,
    q.speaker_role,
    q.speaker_kind,
    q.cue,
    substr(a.body, greatest(q.quote_start - 160, 0) + 1, least(q.quote_start, 160)) AS before,
    substr(a.body, q.quote_end + 1, 160) AS after,
    q.confidence,
    c.cluster_id,
    c.size AS copies,
    q.speaker_organisation,
    q.speaker_name,
    q.speaker_id
FROM quotes AS q
JOIN articles AS a ON a.article_id = q.article_id
LEFT JOIN article_clusters AS c ON c.article_id = q.article_id
LEFT JOIN speakers AS s ON s.speaker_id = q.speaker_id
-- what a reader would call a quote: of clauses without marks those that are likely right (docs/quotes.md has what the floor was chosen from)
WHERE q.type <> 'indirect' OR q.confidence >= 0.75;

COMMENT ON VIEW quotes_with_context IS 'Quotes with speaker, article and up to 160 characters of text on either side; clauses without marks from a confidence of 0.75 on, all are in quotes.';
COMMENT ON COLUMN quotes_with_context.quote_id IS 'Row of quotes.';
COMMENT ON COLUMN quotes_with_context.article_id IS 'The article.';
COMMENT ON COLUMN quotes_with_context.publisher IS 'As in articles.';
COMMENT ON COLUMN quotes_with_context.date IS 'Day of the article.';
COMMENT ON COLUMN quotes_with_context.title IS 'Title of the article.';
COMMENT ON COLUMN quotes_with_context.url IS 'As in articles.';
COMMENT ON COLUMN quotes_with_context.type IS 'direct, partial or indirect.';
COMMENT ON COLUMN quotes_with_context.quote IS 'The words, without the marks; for indirect speech the reported clause.';
COMMENT ON COLUMN quotes_with_context.speaker IS 'The speaker''s name in the corpus, one for all spellings; null where the text leaves open who speaks.';
COMMENT ON COLUMN quotes_with_context.speaker_mention IS 'The speaker as named at the cue; may be a pronoun or a role.';
COMMENT ON COLUMN quotes_with_context.speaker_role IS 'Role or office the text gives the speaker.';
COMMENT ON COLUMN quotes_with_context.speaker_kind IS 'person, organisation, group, unnamed, document or media.';
COMMENT ON COLUMN quotes_with_context.cue IS 'The word or words that attribute the quote, such as said.';
COMMENT ON COLUMN quotes_with_context.before IS 'Up to 160 characters of the body before the words.';
COMMENT ON COLUMN quotes_with_context.after IS 'Up to 160 characters of the body behind the words.';
COMMENT ON COLUMN quotes_with_context.confidence IS 'Estimated chance that words, mention and resolved name are right.';
COMMENT ON COLUMN quotes_with_context.cluster_id IS 'Equal for quotes of copies of one text.';
COMMENT ON COLUMN quotes_with_context.copies IS 'Number of articles that are copies of this text, itself among them.';
COMMENT ON COLUMN quotes_with_context.speaker_organisation IS 'The body where the speaker is what speaker_role says, where the text names it.';
COMMENT ON COLUMN quotes_with_context.speaker_name IS 'The name that the article gives the speaker.';
COMMENT ON COLUMN quotes_with_context.speaker_id IS 'Row of speakers; null for documents and media, and where the text leaves open who speaks.';
