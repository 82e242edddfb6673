"""What the help of each command says besides its options: what it does, the fields of its rows, and an example that works as it stands.

Options are declared in `cli.py`; longer explanations stand in `docs/`.
"""

TOP = """Dirty news text to clean articles, duplicates and quotes.

  copydesk load                  the sample corpus, into warehouse/
  copydesk load ~/news           a folder of your own, into warehouses/news/
  copydesk ui                    Dagster's pages, in a browser
  copydesk COMMAND --help        fields, options and an example"""

_FORMATS = """Reads and writes .csv, .tsv, .parquet by the ending, else JSON Lines; also with .gz, .bz2, .xz or .zst behind it."""
_PASSED = (
    "Fields that are not named here come back unchanged. A row that cannot be read comes back with `reject`: reason and message."
)

HELP = {
    "load": """Reads what is new or changed in a folder, and makes again all that depends on it. Then it publishes copydesk.duckdb and
report.html in the folder of the warehouse, and says what it found.

examples:
  copydesk load ~/news
  copydesk load --json --quiet ~/news > summary.json""",
    "rebuild": """The published file gives records that are missing, older texts and what loads did; the corpus gives the rest. Needed where
working.duckdb is damaged or lost.

example:
  copydesk rebuild --warehouse warehouses/news""",
    "compact": """Prints the size of both files before and after. Rows do not change.

example:
  copydesk compact""",
    "forget": """One line for each ID on standard output: what was erased, whether its file still holds it, and how many copies of it remain. A record
whose file stays in the corpus is found again by loads, and refused without its text (reason `forgotten`).

example:
  copydesk forget 0a1b2c3d4e5f60718293""",
    "settings": """One line for each: name, value, and where it comes from: the default, copydesk.toml, .env or the environment.
docs/operations.md says what each means.

example:
  copydesk settings --json""",
    "clean": f"""Takes boilerplate out of articles and repairs their characters. The rows of one publisher inform each other.

fields read:
  id         comes back as it is
  text       the article as it was found, or
  html       its page
  publisher  rows of one publisher are looked at together
  url        may hold the date
fields given:
  text       the body; paragraphs are separated by a blank line
  title, byline, byline_agency, dateline, section, photo_credit, correction, language
  date       ISO day; date_source says where it was read. date_partial: month and day without a year
  published_at, modified_at
             as far as the time is known
  share_kept of the characters in sentences, 0 to 1
  removed    [{{start, end, kind, reason}}], offsets into the text that was read
  repairs    [{{start, end, kind, before, after}}]
  source_text
             for a page: the text that offsets count in

{_PASSED}
{_FORMATS}

example:
  copydesk clean pages.jsonl clean.jsonl""",
    "quotes": f"""Finds direct, partial and indirect speech, the words that attribute it, and the name of who speaks.

fields read:
  id, text   come back as they are
fields given:
  quotes     [{{start, end, type, content, cue, speaker, part_of, confidence}}], offsets into the text
    type       direct, partial or indirect
    content    {{start, end}} of the whole clause or sentences
    cue        {{start, end, text}}, such as "said"; or null
    speaker    {{start, end, text, name, kind, role, organisation}}, or null
    part_of    the place of the quote that this one continues, or null
    confidence the chance that words, mention and name are right

{_PASSED}
{_FORMATS}

example:
  copydesk quotes clean.jsonl quotes.parquet""",
    "duplicates": f"""Finds texts that are copies of each other, share passages, or print the same statement. Texts are compared as they are given.

fields read:
  id, text   ids are unique
  publisher, date
             say who was first
fields given, a row for each pair:
  a_id, b_id, kind, reason
  jaccard    of the sets of five words in a row
  containment_a, containment_b
             the share of a that is in b, and of b that is in a
  passages   [{{start, end, b_start, b_end}}], what they share
fields given by --clusters, a row for each row of IN, with its fields but the text:
  cluster_id, canonical_id
             copies of one text have one cluster_id; canonical_id is the first of them

{_FORMATS}

example:
  copydesk duplicates clean.jsonl pairs.jsonl --clusters clusters.csv""",
    "stories": f"""Articles about the same event get one story_id, in whatever words and outlets; an article alone is a story of its own.

fields read:
  id, text, title, publisher, date
             ids are unique
fields given:
  story_id   the id of the story's first article

{_PASSED}
The text does not come back.
{_FORMATS}

example:
  copydesk stories clean.jsonl stories.csv""",
    "names": f"""A row is a pair of spellings, such as "Yelena Tarvashko" and "Tarwaschko". They are compared by letters and sounds.

fields read:
  id, a, b
  kind       person (if left out) or organisation
fields given:
  same       true or false
  score      0 to 1
  why        in words

{_PASSED}
{_FORMATS}

example:
  copydesk names pairs.csv answers.csv""",
    "utterances": f"""Finds the words that several articles report, in whatever wording, and where these contradict each other.

fields read:
  id, text, publisher, date
             ids are unique
fields given, a row for each utterance that two articles or more report:
  utterance_id, reports, speaker
  first      {{article_id, publisher, date, start, end, text}}
  members    [{{article_id, start, end, type, relation, speaker_name, speaker_mention, text}}]
             relation: verbatim, excerpt, edited, retranslated or indirect
  conflicts  [{{kind, members, before, after}}]; kind: speaker, negation, number or date

{_FORMATS}

example:
  copydesk utterances clean.jsonl utterances.jsonl""",
    "trace": """Prints the utterances that hold the words: the first report, all wordings with what differs, who is said to have said them, conflicts.

fields given by --json, a list of objects, those with conflicts first:
  utterance_id, text, speaker, articles
  share      of the words given that stand in it, 0 to 1
  reports_counted
             reports that are not copies of another
  first      {article_id, publisher, date, title, …}
  conflicts  [{kind, a_words, b_words, a_publisher, b_publisher, a_article_id, b_article_id}]
  reports    [{article_id, publisher, date, title, text, relation, speaker_name, …}]

example:
  copydesk trace "the bridge will open on Friday\"""",
    "compare": """What differs is coloured on a terminal.

example:
  copydesk compare one.txt other.txt""",
    "report": """One HTML file, without a server or a network: what came in and from whom, what was removed, who copies whom, stories, quotes by speaker,
the same words across outlets, each article with its page, rejects, checks. A load writes it too.

example:
  copydesk report --warehouse ~/news-warehouse ~/report.html""",
    "export": """A Parquet file for each table, of articles one for each month (articles/month=2031-03/), csv/ with a CSV file for each,
manifest.json with columns, rows and SHA-256 of each file, and sources.yml for dbt. An earlier export is replaced; a folder that
holds anything else is refused. The same warehouse gives the same bytes.

examples:
  copydesk export ~/news-export
  copydesk export --no-csv --warehouse warehouses/news ~/news-export""",
    "ui": """Starts Dagster in this terminal, and prints its address. Runs and settings are kept in the folder of the warehouse (in a checkout those of
warehouse/ in .dagster/), nothing else is written, and nothing is sent to anybody. Ctrl-C ends it.

example:
  copydesk ui --port 3001 --warehouse warehouses/news""",
    "completion": """Prints a script that completes commands, options and file names.

examples:
  copydesk completion bash > ~/.local/share/bash-completion/completions/copydesk
  copydesk completion zsh > ~/.zfunc/_copydesk
  copydesk completion fish > ~/.config/fish/completions/copydesk.fish""",
}
