-- Words that several articles report: those with conflicts first, then those with most reports.
SELECT
    utterance_id AS id,
    text,
    speaker_name AS speaker,
    first_article_id AS first_article,
    first_publisher,
    strftime(first_date, '%Y-%m-%d') AS first_date,
    articles,
    reports,
    conflicts
FROM utterances
ORDER BY conflicts > 0 DESC, reports DESC, articles DESC, utterance_id
LIMIT $most
