SELECT
    article_id AS id,
    quote_index,
    quote_start AS start,
    quote_end AS "end",
    type,
    content_start,
    content_end,
    cue_start,
    cue_end,
    cue,
    speaker_start,
    speaker_end,
    speaker_mention,
    speaker_name,
    speaker_kind,
    speaker_role,
    part_of,
    confidence,
    speaker_organisation
FROM quotes
WHERE rowid IN (SELECT rowid FROM quotes WHERE article_id IN (SELECT id FROM wanted))
ORDER BY article_id, quote_index
