INSERT INTO internal.statements
SELECT id AS article_id, start, "end", type, quote_index, speaker_name, speaker_kind, speaker_mention, confidence, words FROM new_statements
