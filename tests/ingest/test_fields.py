"""Under whatever name, and however deep, a record holds its fields; what none takes is kept under its own name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.ingest.dates import iso_day
from pipelines.ingest.fields import entry_of
from pipelines.ingest.names import field_names, field_of
from pipelines.ingest.settings import IngestSettings
from pipelines.lexicons import LexiconError
from tests.ingest.test_ingest_read import lines, read, reason

TEXT = "The harbour board of Norvik met again, and left."
VALUES = {
    "id": "7",
    "url": "https://h.example/7",
    "canonical_url": "https://h.example/seven",
    "title": "Seven",
    "published": "2021-05-03T10:15:00Z",
    "modified": "2021-05-04T10:15:00Z",
    "byline": "Ada Roe",
    "publisher": "Herald",
    "section": "Local",
    "language": "en",
    "text": TEXT,
    "html": f"<p>{TEXT}</p>",
    "markdown": f"*{TEXT}*",
}
COLUMNS = {"id": "record_key", "markdown": "text", "published": "published_at", "modified": "modified_at"}
WANTED = VALUES | {"markdown": TEXT, "published": "2021-05-03T10:15:00+00:00", "modified": "2021-05-04T10:15:00+00:00"}
NAMES = [(field, name) for field, names in field_names().shown.items() for name in names]


def nested(name: str, value: Any) -> dict[str, Any]:
    first, _, rest = name.partition(".")
    return {first: nested(rest, value) if rest else value}


@pytest.mark.parametrize(
    "form", [nested, lambda name, value: {name: value}, lambda name, value: {name.upper().replace("_", " "): value}]
)
def test_every_name_in_the_table_is_read_nested_and_flat_and_in_other_spellings(tmp_path: Path, form: Any) -> None:
    records = [
        ({} if field in ("text", "html", "markdown") else {"text": f"{TEXT} {number}"}) | form(name, VALUES[field])
        for number, (field, name) in enumerate(NAMES)
    ]
    for number, record in enumerate(records):
        record.setdefault("nr", number)
    wanted = [WANTED[field] for field, _ in NAMES]
    # Records of one identity in one file would be one.
    alone = {number for number, (field, _) in enumerate(NAMES) if field in ("id", "url", "canonical_url")}
    together = iter(read(tmp_path, "all.jsonl", lines(*(record for number, record in enumerate(records) if number not in alone))))
    for number, (record, (field, name)) in enumerate(zip(records, NAMES, strict=True)):
        (row,) = read(tmp_path, f"{number}.jsonl", lines(record)) if number in alone else (next(together),)
        assert row[COLUMNS.get(field, field)] == wanted[number], name
        assert json.loads(row["extra"]) == {"nr": number}, name


def test_what_no_field_takes_is_kept_and_what_could_not_be_read_too(tmp_path: Path) -> None:
    record = {
        "text": TEXT,
        "date": "04/05/2021",
        "likes": 12,
        "headline": {"main": "Seven", "kicker": "Analysis"},
        "tags": ["a", {"b": None}],
        "empty": " ",
        "score": float("nan"),
        "html": "<p>page</p>",
    }
    (row,) = read(tmp_path, "a.jsonl", lines(record))
    assert (row["date"], row["title"]) == (None, "Seven")
    assert json.loads(row["extra"]) == {
        "date": "04/05/2021",
        "likes": 12,
        "headline": {"kicker": "Analysis"},
        "tags": ["a", {"b": None}],
    }


def test_what_is_too_large_to_keep_is_said_to_be_left_out(tmp_path: Path) -> None:
    (row,) = read(tmp_path, "a.jsonl", lines({"text": TEXT, "embedding": [0.5] * 50_000, "likes": 12}))
    extra = json.loads(row["extra"])
    assert extra["likes"] == 12
    assert extra["embedding"].startswith("(left out: ")


@pytest.mark.parametrize(
    ("authors", "byline"),
    [
        ("Reporting by Ada Roe and Bo Day; Editing by Max Ost", "Ada Roe, Bo Day"),
        (["Ada Roe", "Photos by Bo Day"], "Ada Roe"),
        (["Ada Roe", "Bo Day", "Ada Roe"], "Ada Roe, Bo Day"),
        ("Ada Roe; Bo Day", "Ada Roe, Bo Day"),
        ("['Ada Roe', 'Bo Day']", "Ada Roe, Bo Day"),
        ("By Ada Roe", "Ada Roe"),
        ("By Ada Roe, Bo Day and Jo van Ost", "Ada Roe, Bo Day, Jo van Ost"),
        ("Office for Health and Safety", "Office for Health and Safety"),
        ([{"first_name": "Ada", "last_name": "Roe"}], "Ada Roe"),
        (["https://social.example/herald", "Ada Roe"], "Ada Roe"),
        ("https://social.example/herald", None),
        ([], None),
    ],
)
def test_authors_are_read_however_a_record_holds_them(tmp_path: Path, authors: object, byline: str | None) -> None:
    (row,) = read(tmp_path, "a.jsonl", lines({"text": TEXT, "authors": authors}))
    assert row["byline"] == byline


RECORDS = [{"id": str(number), "text": f"{TEXT} {number}"} for number in range(3)]
SHAPES: dict[str, str] = {
    "list": json.dumps(RECORDS),
    "under a name": json.dumps({"status": "ok", "articles": RECORDS}),
    "deep": json.dumps({"response": {"meta": {"hits": 3}, "docs": RECORDS}}),
    "hits of a search": json.dumps(
        {"hits": {"hits": [{"_id": record["id"], "_source": {"text": record["text"]}} for record in RECORDS]}}
    ),
    "by id": json.dumps({record["id"]: {"text": record["text"]} for record in RECORDS}),
    "by column": json.dumps({name: {str(place): record[name] for place, record in enumerate(RECORDS)} for name in ("id", "text")}),
    "names apart": json.dumps(
        {"columns": ["id", "text"], "index": [0, 1, 2], "data": [list(record.values()) for record in RECORDS]}
    ),
    "one after another": "".join(json.dumps(record) for record in RECORDS),
    "indented, one after another": "\n".join(json.dumps(record, indent=2) for record in RECORDS),
    "with signs": "\x1e".join(
        ["", *(json.dumps({"_id": {"$oid": record["id"]}, "text": record["text"]}) + "\n" for record in RECORDS)]
    ),
    "with a comma at its end": json.dumps(RECORDS)[:-1] + ",]",
    "below a line of names": json.dumps([["id", "text"], *(list(record.values()) for record in RECORDS)]),
    "in a call": f"take({json.dumps({'items': RECORDS})});",
    "in a script": f"const articles = {json.dumps(RECORDS)};\n",
    "fields in lists": json.dumps({"docs": [{name: [value] for name, value in record.items()} for record in RECORDS]}),
    "by day and id": json.dumps({"2021-05-03": {record["id"]: {"text": record["text"]} for record in RECORDS}}),
    "in messages": "".join(json.dumps({"offset": 1, "value": record}) + "\n" for record in RECORDS),
    "in messages, as texts": "".join(json.dumps({"offset": 1, "payload": json.dumps(record)}) + "\n" for record in RECORDS),
    "in lists of objects": json.dumps({"db": [{"data": {"posts": RECORDS}}]}),
    "with types": json.dumps({"Items": [{name: {"S": value} for name, value in record.items()} for record in RECORDS]}),
    "as values": json.dumps([{name: [{"value": value, "format": "x"}] for name, value in record.items()} for record in RECORDS]),
    "as a shell prints them": "".join(
        f'{{ "_id" : ObjectId("{record["id"]}"), "text" : {json.dumps(record["text"])} }}\n' for record in RECORDS
    ),
    "with marks where files were joined": "".join("\ufeff" + json.dumps(record) + "\n" for record in RECORDS),
}


# One line of a file of lines is one record, or holds a list of them under a name.
NOT_IN_LINES = (
    *("by id", "by column", "names apart", "one after another", "with a comma at its end"),
    *("below a line of names", "in a call", "in a script"),
)


@pytest.mark.parametrize(
    ("name", "shape"),
    [*(("a.json", shape) for shape in SHAPES), *(("a.jsonl", shape) for shape in SHAPES if shape not in NOT_IN_LINES)],
)
def test_records_come_in_many_shapes(tmp_path: Path, name: str, shape: str) -> None:
    rows = read(tmp_path, name, SHAPES[shape])
    assert [(row["record_key"], row["text"], reason(row)) for row in rows] == [
        (record["id"], record["text"], None) for record in RECORDS
    ]


def test_a_list_that_breaks_off_keeps_what_came_before(tmp_path: Path) -> None:
    rows = read(tmp_path, "a.json", json.dumps(RECORDS, indent=1)[:-30])
    assert [(row["record_key"], reason(row)) for row in rows[:2]] == [("0", None), ("1", None)]
    assert [reason(row) for row in rows[2:]] == ["broken_json"]


def test_a_name_in_two_fields_is_an_error_of_the_table(tmp_path: Path) -> None:
    place = tmp_path / "fields.toml"
    text = (Path(__file__).resolve().parents[2] / "seeds" / "fields.toml").read_text(encoding="utf-8")
    place.write_text(text.replace('id = ["id"', 'id = ["id", "Head-Line"'), encoding="utf-8")
    with pytest.raises(LexiconError, match="stands in id and in title"):
        field_names(place)


SERVICES: list[dict[str, Any]] = [
    {"headline": "Pier", "body": {"text": "It closes."}},
    {"title": "Pier", "content": {"plain": "It closes."}},
    {"storyId": "s1", "headLine": "Pier", "storyText": "It closes.", "storyDate": "2021-05-03 10:15:00"},
    {
        "headlines": [{"role": "main", "value": "Pier"}],
        "text": "It closes.",
        "dateTimePub": "2021-05-03T10:15:00",
        "date": "2021-05-03",
    },
    {
        "title": "Pier",
        "text": "It closes.",
        "links": {"permalink": "https://h.example/1"},
        "source": {"uri": "h", "title": "Herald"},
    },
    {"title": "Pier", "text": "It closes.", "thread": {"site": "h.example", "section_title": "Local"}},
    {"titre": "Pier", "texte": "It closes."},
    {"заголовок": "Pier", "текст": "It closes."},
    {
        "at": {"_seconds": 1620036900, "_nanoseconds": 0},
        "title": "Pier",
        "text": "It closes.",
        "published": {"_seconds": 1620036900, "_nanoseconds": 0},
    },
    {"author": "{'name': 'Ada Roe'}", "title": "Pier", "text": "It closes."},
    {
        "credits": {"by": [{"name": "Ada Roe"}]},
        "headlines": {"basic": "Pier"},
        "content_elements": [{"type": "text", "content": "It closes."}],
    },
    {"title": {"rendered": "Pier"}, "text": "It closes.", "_embedded": {"author": [{"name": "Ada Roe"}]}},
]


@pytest.mark.parametrize("record", SERVICES, ids=lambda record: next(iter(record)))
def test_names_and_objects_of_services_are_read(tmp_path: Path, record: dict[str, Any]) -> None:
    (row,) = read(tmp_path, "a.jsonl", lines(record))
    assert (row["title"], row["text"], row["reject"]) == ("Pier", "It closes.", None)
    wanted = {
        "storyDate": ("published_at", "2021-05-03T10:15:00"),
        "dateTimePub": ("published_at", "2021-05-03T10:15:00"),
        "source": ("publisher", "Herald"),
        "links": ("url", "https://h.example/1"),
        "thread": ("section", "Local"),
        "_embedded": ("byline", "Ada Roe"),
        "author": ("byline", "Ada Roe"),
        "credits": ("byline", "Ada Roe"),
        "at": ("published_at", "2021-05-03T10:15:00+00:00"),
    }
    assert [(key, row[field]) for key, (field, _) in wanted.items() if key in record] == [
        (key, value) for key, (_, value) in wanted.items() if key in record
    ]


def test_a_title_that_was_written_for_a_page_is_as_people_read_it(tmp_path: Path) -> None:
    titles = {
        "Pier &#8211; closed &amp; sealed": "Pier – closed & sealed",
        "R&D; a story": "R&D; a story",
        "AT&T and &c.": "AT&T and &c.",
    }
    rows = read(tmp_path, "a.jsonl", lines(*({"id": n, "title": title, "text": "x"} for n, title in enumerate(titles))))
    assert [row["title"] for row in rows] == list(titles.values())


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Fish | Chips - Harbour Times", "Fish | Chips"),
        ("Pier closed - for now | Harbour Times", "Pier closed - for now"),
        ("Pier closed | Harbour Times - Sport", "Pier closed | Harbour Times - Sport"),
    ],
)
def test_the_publishers_name_goes_from_behind_the_last_bar_or_dash(tmp_path: Path, title: str, headline: str) -> None:
    rows = read(tmp_path, "a.jsonl", lines({"id": 1, "title": title, "text": "x", "publisher": "Harbour Times"}))
    assert [row["title"] for row in rows] == [headline]


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("newsPublishTime", "published"),
        ("Veröffentlichungsdatum", "published"),
        ("fecha_publicacion", "published"),
        ("news_author_name", "byline"),
        ("newsFullContent", "text"),
        ("Artikeltext", "text"),
        ("Author(s)", "byline"),
        ("date_text", "published"),
        ("Datum der Veröffentlichung", "published"),
        ("published_ms", "published"),
        ("发表日期", "published"),
        ("게시일", "published"),
        ("last_crawled", None),
        ("event_date", None),
        ("text_length", None),
        ("content_type", None),
    ],
)
def test_a_name_of_no_list_is_read_by_its_words(name, field):
    assert field_of(name) == field


def test_days_are_read_in_languages_without_a_folder():
    assert [
        iso_day(day)
        for day in ("12. huhtikuuta 2024", "2024. április 12.", "12 Απριλίου 2024", "١٢ أبريل 2024", "ngày 12 tháng 4 năm 2024")
    ] == ["2024-04-12"] * 5


def test_paragraphs_may_be_objects():
    entry = entry_of({"id": 1, "content": [{"type": "paragraph", "text": "One."}, {"text": "Two."}]}, 1, IngestSettings())
    assert entry.text == "One.\n\nTwo."


def test_a_text_that_is_html_is_read_as_a_page_and_one_with_signs_is_not(tmp_path: Path) -> None:
    page, text = f"<p>{TEXT}</p>\n<p>Nobody spoke of <b>the quay</b>.</p>", f"{TEXT} 3 < 4, wrote <i>Ada</i>."
    rows = read(tmp_path, "a.jsonl", lines({"id": 1, "content": page}, {"id": 2, "content": text}))
    assert [(row["text"], row["html"]) for row in rows] == [(None, page), (text, None)]


@pytest.mark.parametrize(
    ("value", "byline"),
    [
        (4, None),
        ("BY ADA ROE AND JO QUILL", "ADA ROE, JO QUILL"),
        ([17, "Ada Roe"], "Ada Roe"),
        ("By Ada Roe, Staff Writer <ada@h.example>", "Ada Roe"),
        ("Ada Roe and Jo Quill, Herald Staff", "Ada Roe, Jo Quill"),
        (["Ada Roe, Political Editor", "Jo Quill in Oslo"], "Ada Roe, Jo Quill"),
        ('<a rel="author" href="/ada">Ada Roe</a>', "Ada Roe"),
        ("['Ada Roe' 'Jo Quill']", "Ada Roe, Jo Quill"),
        ('{"Ada Roe",Jo}', "Ada Roe, Jo"),
        ("Ada Roe / Jo Quill\nAda Roe", "Ada Roe, Jo Quill"),
        ("Von Ada Roe und Jo Quill", "Ada Roe, Jo Quill"),
        ("Von der Heide", "Von der Heide"),
        ("Автор: Ада Роу", "Ада Роу"),
        ("Ada Roe (@ada) | May 3, 2021", "Ada Roe"),
        ([{"first": "Ada", "last": "Roe"}], "Ada Roe"),
        ("Institute for Work in Europe", "Institute for Work in Europe"),
        ("Roe, Ada", "Roe, Ada"),
    ],
)
def test_a_byline_is_its_names_without_numbers_roles_places_and_tags(tmp_path: Path, value: Any, byline: str | None) -> None:
    (row,) = read(tmp_path, "a.jsonl", lines({"text": TEXT, "author": value}))
    assert row["byline"] == byline


def test_a_day_may_stand_in_an_object_of_moments(tmp_path: Path) -> None:
    inside = (
        {"date": {"published": "2021-05-03"}},
        {"dates": {"publication": "2021-05-03"}},
        {"timestamps": {"published_at": 1620036900}},
    )
    rows = read(tmp_path, "a.jsonl", lines(*({"id": place, "text": TEXT, **more} for place, more in enumerate(inside))))
    assert [row["date"] for row in rows] == ["2021-05-03"] * 3


@pytest.mark.parametrize("day", ["/Date(1620036900000)/", {"year": 2021, "month": 5, "day": 3}])
def test_days_in_parts_and_as_net_writes_them_are_read(tmp_path: Path, day: Any) -> None:
    (row,) = read(tmp_path, "a.jsonl", lines({"text": TEXT, "date": day}))
    assert row["date"] == "2021-05-03"


@pytest.mark.parametrize(
    "head",
    [
        "---\ntitle: 'Seven'\nauthor: Ada Roe\ndate: 2021-05-03\ndraft: no\n---\n\n",
        "---\ntitle: Seven\nauthors:\n  - Ada Roe\ndate: 2021-05-03 10:15:00\nsource:\n  name: Post\ntags: [a, b]\n---\n\n",
        '+++\ntitle = "Seven"\ndate = 2021-05-03\nauthors = ["Ada Roe"]\n+++\n\n',
        "Title: Seven\nAuthor: Ada Roe\nDate: May 3, 2021\n\n",
    ],
)
def test_labelled_lines_over_a_text_are_its_fields(tmp_path: Path, head: str) -> None:
    (row,) = read(tmp_path, "a.txt", head + TEXT + "\n\nNobody spoke.\n")
    assert (row["title"], row["byline"], row["date"], row["text"]) == (
        "Seven",
        "Ada Roe",
        "2021-05-03",
        TEXT + "\n\nNobody spoke.\n",
    )


def test_a_title_and_a_day_are_lines_enough(tmp_path: Path) -> None:
    (row,) = read(tmp_path, "a.txt", "Headline: Seven\nDate: 3 May 2021\n\n" + TEXT)
    assert (row["title"], row["date"], row["text"]) == ("Seven", "2021-05-03", TEXT)


@pytest.mark.parametrize("text", [f"---\n\n{TEXT}\n---\nMore.", f"Host: Who pays?\nRoe: The town.\nHost: Why?\n\n{TEXT}"])
def test_rules_and_turns_of_speech_over_a_text_are_its_own(tmp_path: Path, text: str) -> None:
    (row,) = read(tmp_path, "a.txt", text)
    assert (row["title"], row["text"]) == (None, text)


def test_a_number_beyond_what_python_reads_does_not_lose_its_record(tmp_path: Path) -> None:
    (row,) = read(tmp_path, "a.jsonl", '{"id": 1, "text": "x", "score": 1' + "0" * 5000 + "}\n")
    assert (row["text"], len(json.loads(row["extra"])["score"]), row["reject"]) == ("x", 5001, None)


TREES = {
    "ProseMirror": {
        "type": "doc",
        "content": [
            {"type": "heading", "content": [{"type": "text", "text": "Why"}]},
            {
                "type": "paragraph",
                "content": [{"type": "text", "text": "The "}, {"type": "text", "marks": [], "text": "quay closes."}],
            },
        ],
    },
    "Portable Text": [
        {"_type": "block", "style": "h2", "children": [{"_type": "span", "text": "Why"}]},
        {"_type": "block", "children": [{"_type": "span", "text": "The quay "}, {"_type": "span", "text": "closes."}]},
        {"_type": "image", "asset": {"_ref": "image-1"}},
    ],
    "Draft.js": {
        "blocks": [{"type": "header-two", "text": "Why"}, {"type": "unstyled", "text": "The quay closes."}],
        "entityMap": {},
    },
    "Draft.js in a string": json.dumps(
        {"blocks": [{"type": "header-two", "text": "Why"}, {"type": "unstyled", "text": "The quay closes."}], "entityMap": {}}
    ),
    "Editor.js": {
        "time": 1,
        "blocks": [{"type": "header", "data": {"text": "Why"}}, {"type": "list", "data": {"items": ["The <b>quay</b> closes."]}}],
    },
    "Lexical": {
        "root": {
            "type": "root",
            "children": [
                {"type": "heading", "children": [{"type": "text", "text": "Why"}]},
                {
                    "type": "paragraph",
                    "children": [
                        {"type": "text", "text": "The "},
                        {"type": "link", "children": [{"type": "text", "text": "quay closes."}]},
                    ],
                },
            ],
        }
    },
    "Quill": {
        "ops": [{"insert": "Why"}, {"insert": "\n", "attributes": {"header": 2}}, {"insert": "The quay "}, {"insert": "closes.\n"}]
    },
    "Slate": [
        {"type": "h2", "children": [{"text": "Why"}]},
        {"type": "p", "children": [{"text": "The quay "}, {"text": "closes.", "bold": True}]},
    ],
    "named by its kind": [
        {"type": "heading_2", "heading_2": {"rich_text": [{"type": "text", "plain_text": "Why"}]}},
        {"type": "paragraph", "paragraph": {"rich_text": [{"type": "text", "plain_text": "The quay closes."}]}},
    ],
}


@pytest.mark.parametrize("kind", TREES)
def test_a_text_that_an_editor_keeps_as_a_tree_is_one_article_with_its_paragraphs(tmp_path, kind):
    rows = read(tmp_path, "a.json", json.dumps([{"title": "Quay closes", "body": TREES[kind]}]))
    assert [(row["title"], row["text"]) for row in rows] == [("Quay closes", "Why\n\nThe quay closes.")]


def test_a_list_of_records_under_the_name_of_a_text_is_never_one_article(tmp_path):
    records = [
        {"title": f"Quay {n}", "date": "2024-03-12", "url": f"https://h.example/{n}", "text": f"{TEXT} {n}"} for n in range(2)
    ]
    for name, page in (("a", {"content": records, "totalPages": 1}), ("b", {"title": "Our feed", "body": records})):
        rows = read(tmp_path, f"{name}.json", json.dumps(page))
        assert [(row["title"], row["text"]) for row in rows] == [(r["title"], r["text"]) for r in records]


def test_sections_with_titles_below_a_title_are_one_article(tmp_path):
    sections = [{"title": "Why", "text": TEXT}, {"title": "And now", "text": "Nothing."}]
    rows = read(tmp_path, "a.json", json.dumps({"title": "Quay closes", "body": sections}))
    assert [(row["title"], row["text"]) for row in rows] == [("Quay closes", f"{TEXT}\n\nNothing.")]


def test_what_programs_write_for_nothing_is_no_author_and_stays_in_extra():
    entry = entry_of({"text": TEXT, "author": "NA", "section": "N/A", "country": "NA"}, 1, IngestSettings())
    assert (entry.byline, entry.section, json.loads(entry.extra or "{}")["country"]) == (None, None, "NA")


def test_a_text_without_tags_is_no_page_whatever_its_name():
    entry = entry_of({"body_html": "Bread &amp; fish are dear."}, 1, IngestSettings())
    assert (entry.text, entry.html) == ("Bread & fish are dear.", None)


@pytest.mark.parametrize("name", ["comments", "related", "images", "revisions", "Kommentare"])
def test_texts_that_hang_on_an_article_without_a_text_are_no_articles(tmp_path: Path, name: str) -> None:
    hanging = [{"author": "bo", "title": "Other", "text": "First!"}]
    rows = read(
        tmp_path,
        "a.jsonl",
        lines({"title": "Quay shut", name: hanging}, {"url": "https://h.example/2", name: hanging}, {"results": hanging}),
    )
    assert [reason(row) for row in rows] == ["no_text", "no_text", None]


def test_days_that_a_spreadsheet_counts_are_read_where_the_name_says_a_date() -> None:
    def moment(**values: object) -> str | None:
        return entry_of({"text": TEXT, **values}, 1, IngestSettings()).published_at

    assert moment(date="45244") == moment(published=45244.0) == "2023-11-14"
    assert moment(date=45244.385416666) == "2023-11-14T09:15:00"
    for value in ("23318", "19675", "99999", "452440", "45,244", "45244 readers"):
        assert moment(date=value) is None
    assert moment(time="45244") is moment(timestamp=45244) is None


def test_values_that_a_spreadsheet_could_not_show_or_kept_from_reading_are_known(tmp_path: Path) -> None:
    rows = read(
        tmp_path,
        "a.csv",
        f'id,title,author,date,text\n="0012","=""Quay shut""",#NAME?,"=""2023-11-14""","{TEXT}_x000D_\n_x000D_\nIt left."\n',
    )
    assert [(row["record_key"], row["title"], row["byline"], row["date"], row["text"]) for row in rows] == [
        ("0012", "Quay shut", None, "2023-11-14", f"{TEXT}\n\nIt left.")
    ]


@pytest.mark.parametrize(
    "more",
    [
        {"date": {"iso": "2021-05-03T10:15:00Z"}},
        {"date": {"raw": "3 May 2021", "parsed": "2021-05-03"}},
        {"dates": {"publishedAt": "2021-05-03", "modified": "2021-06-01"}},
        {"dates": [{"type": "created", "value": "2021-01-01"}, {"type": "published", "value": "2021-05-03"}]},
        {"publication": {"name": "Gazette", "publishedOn": "2021-05-03"}},
        {"meta": [{"property": "article:published_time", "content": "2021-05-03"}]},
        {"json_ld": [{"@type": "NewsArticle", "datePublished": "2021-05-03"}]},
    ],
)
def test_a_moment_is_read_out_of_objects_and_lists_of_names_and_values(tmp_path: Path, more: dict[str, Any]) -> None:
    (row,) = read(tmp_path, "a.jsonl", lines({"text": TEXT, **more}))
    assert row["date"] == "2021-05-03"


@pytest.mark.parametrize("name", ["event", "crawl", "image", "author", "video", "expiry"])
def test_the_day_of_something_else_is_no_day_of_publication(tmp_path: Path, name: str) -> None:
    (row,) = read(tmp_path, "a.jsonl", lines({"text": TEXT, name: {"date": "2021-05-03", "created_at": "2021-05-03"}}))
    assert row["date"] is None


@pytest.mark.parametrize(
    ("value", "byline"),
    [
        ("By Ada Roe | Harbour Times", "Ada Roe"),
        ("Ada Roe and Bo Day for the Harbour Times", "Ada Roe, Bo Day"),
        ("Ada Roe, Special to The Post", "Ada Roe"),
        ("Ada Roe, ada@times.example", "Ada Roe"),
        (["Ada Roe", "ADA ROE", "Staff Writer", "View Author Archive"], "Ada Roe"),
        ({"0": {"name": "Ada Roe"}, "1": {"name": "Bo Day"}}, "Ada Roe, Bo Day"),
        ("Harbour Times", "Harbour Times"),
        ("Staff Writer", "Staff Writer"),
        ("Reporters for Justice", "Reporters for Justice"),
        ("Share Okafor", "Share Okafor"),
    ],
)
def test_the_paper_and_what_pages_write_next_to_a_name_are_no_authors(tmp_path: Path, value: Any, byline: str) -> None:
    (row,) = read(tmp_path, "a.jsonl", lines({"text": TEXT, "author": value, "publisher": "Harbour Times"}))
    assert row["byline"] == byline


def test_paragraphs_by_number_and_under_one_name_are_one_text(tmp_path: Path) -> None:
    first, second, third = "The pool closes.", "It opens in May.", "Buses run."
    bodies = (
        {"text": {"1": first, "10": third, "2": second}},
        {"body": [{"p": first}, {"p": second}, {"p": third}]},
        {"title": "Pool", "blocks": [{"type": "paragraph", "data": {"text": part}} for part in (first, second, third)]},
    )
    rows = read(tmp_path, "a.jsonl", lines(*({"id": place, **body} for place, body in enumerate(bodies))))
    assert [row["text"] for row in rows] == ["\n\n".join((first, second, third))] * 3


def test_a_bare_address_names_the_publisher_by_its_domain(tmp_path: Path) -> None:
    (row,) = read(tmp_path, "Folder/a.jsonl", lines({"text": TEXT, "source": "https://www.harbour.example/"}))
    assert row["publisher"] == "harbour.example"
