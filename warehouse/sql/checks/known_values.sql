-- Closed vocabularies hold.
SELECT 'duplicate_pairs' AS table_name, kind AS value FROM duplicate_pairs
WHERE kind NOT IN ('exact', 'near', 'update', 'excerpt', 'template', 'boilerplate')
UNION ALL
SELECT 'quotes', type FROM quotes WHERE type NOT IN ('direct', 'partial', 'indirect')
UNION ALL
SELECT 'quotes', speaker_kind FROM quotes
WHERE speaker_kind NOT IN ('person', 'organisation', 'group', 'unnamed', 'document', 'media')
UNION ALL
SELECT 'speakers', kind FROM speakers WHERE kind NOT IN ('person', 'organisation', 'group', 'unnamed')
UNION ALL
SELECT 'articles', date_source FROM articles WHERE date_source NOT IN ('record', 'stamp', 'dateline', 'byline', 'text')
