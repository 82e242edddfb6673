"""Tables whose quotation marks are broken: what can be read is, the rest is rejected row by row, and no fragment becomes an article."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.ingest.test_ingest_read import read, reason

HEADER = ["id", "title", "date", "text"]


def table(many: int, paragraphs: int, seed: int) -> list[list[str]]:
    """Rows as outlets write them: quotation marks, delimiters and line ends stand in the texts."""
    drawn = random.Random(seed)
    words = "the harbour board of Norvik met again, and left; nobody spoke of piers or ferries".split()
    rows = []
    for number in range(1, many + 1):
        said = [
            f'Story {number}, part {part}: "We {" ".join(drawn.choices(words, k=5))}," said {drawn.choice(words)}.'
            for part in range(paragraphs)
        ]
        rows.append([str(number), f"Title {number}, {drawn.choice(words)}", f"2021-05-{number % 28 + 1:02}", "\n\n".join(said)])
    return rows


def written(rows: list[list[str]], header: list[str] = HEADER, **dialect: Any) -> list[str]:
    """Each row as it stands in the file."""
    lines = []
    for row in [header, *rows]:
        sink = io.StringIO()
        csv.writer(sink, lineterminator="\n", **dialect).writerow(row)
        lines.append(sink.getvalue())
    return lines


DIALECTS: dict[str, dict[str, Any]] = {
    "few marks": {},
    "all in marks": {"quoting": csv.QUOTE_ALL},
    "semicolons": {"delimiter": ";"},
    "tabs": {"delimiter": "\t"},
    "backslashes": {"doublequote": False, "escapechar": "\\", "quoting": csv.QUOTE_ALL},
}


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("paragraphs", [1, 3])
def test_tables_that_are_whole_are_read_as_they_were_written(tmp_path: Path, dialect: str, paragraphs: int) -> None:
    rows = table(40, paragraphs, 1)
    found = read(tmp_path, "a.csv", "".join(written(rows, **DIALECTS[dialect])))
    assert [[row["record_key"], row["title"], row["date"], row["text"]] for row in found] == rows
    assert not any(row["reject"] for row in found)


def without_last_mark(row: str) -> str:
    place = row.rindex('"')
    return row[:place] + row[place + 1 :]


def with_mark_in_title(row: str) -> str:
    return row.replace("Title ", '"Title ', 1) if '"Title' not in row else row.replace('"Title ', '""Title ', 1)


def with_plain_marks(row: str) -> str:
    return row.replace('""', '"')


def cut_off(row: str) -> str:
    return row[: len(row) // 2].rstrip('"\\') + "\n"  # a mark there would close the field


DAMAGES: list[Callable[[str], str]] = [without_last_mark, with_mark_in_title, with_plain_marks, cut_off]


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("paragraphs", [1, 3])
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_broken_row_takes_no_other_with_it_and_no_fragment_is_an_article(
    tmp_path: Path, dialect: str, paragraphs: int, damage: Callable[[str], str]
) -> None:
    rows = table(40, paragraphs, 2)
    known = {row[0]: row[3] for row in rows}
    for broken in (1, 7, 20, 40):
        lines = written(rows, **DIALECTS[dialect])
        lines[broken] = damage(lines[broken])
        found = read(tmp_path, "a.csv", "".join(lines))
        articles = {row["record_key"]: row["text"] for row in found if not row["reject"]}
        assert all(text == known.get(key) for key, text in articles.items() if key != str(broken)), (broken, found)
        assert set(known) - set(articles) <= {str(broken), str(broken + 1)}, broken
        assert len(articles) == len(known) or any(reason(row) == "bad_value" for row in found)
        kept = articles.get(str(broken))
        assert kept is None or kept.replace('"', "") in (
            known[str(broken)].replace('"', ""),
            known[str(broken)].replace('"', "")[:-1],
        )


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("paragraphs", [1, 3])
@pytest.mark.parametrize("damage", DAMAGES)
def test_no_fragment_is_an_article_where_no_column_tells_rows_from_lines(
    tmp_path: Path, dialect: str, paragraphs: int, damage: Callable[[str], str]
) -> None:
    rows = [[row[1], row[3]] for row in table(40, paragraphs, 2)]
    known = {row[1].replace('"', "") for row in rows}
    for broken in (1, 20, 40):
        lines = written(rows, ["title", "text"], **DIALECTS[dialect])
        lines[broken] = damage(lines[broken])
        texts = [row["text"].replace('"', "") for row in read(tmp_path, "a.csv", "".join(lines)) if not row["reject"]]
        assert set(texts) <= known
        assert len(texts) >= len(known) - 2


def test_what_is_rejected_says_where_it_stands_and_keeps_its_lines(tmp_path: Path) -> None:
    lines = written(table(10, 3, 3))
    lines[4] = without_last_mark(lines[4])
    rejects = [row for row in read(tmp_path, "a.csv", "".join(lines)) if row["reject"]]
    assert len(rejects) == 1
    assert "row 4, lines 17 to 21" in rejects[0]["reject"]["message"]
    assert "Story 4, part 2" in rejects[0]["text"]


def test_a_first_line_may_name_the_delimiter_and_numbers_of_rows_are_no_field(tmp_path: Path) -> None:
    (row,) = read(tmp_path, "a.csv", 'sep=;\n;title;text\n0;T;"a, b"\n')
    assert (row["title"], row["text"], row["extra"]) == ("T", "a, b", None)


PLAIN = [
    ("1", "Pier, soon", "The pier closes, the mayor said."),
    ("2", "Ferry", "It’s late, again."),
    ("3", "Quay", 'She said "no", twice.'),
]


def table_of(delimiter: str = ",", mark: str = '"', blank: str = "") -> str:
    """A table in which each field that needs it stands between marks."""
    rows = [["id", "title", "text"], *map(list, PLAIN)]
    fields = [[mark + v.replace(mark, mark * 2) + mark if delimiter in v or mark in v else v for v in row] for row in rows]
    return "".join((delimiter + blank).join(row) + "\n" for row in fields)


@pytest.mark.parametrize(
    "table",
    [
        table_of(mark="'"),
        table_of(blank=" "),
        "".join(
            " , ".join(f'"{value.replace(chr(34), chr(34) * 2)}"' for value in row) + "\n"
            for row in [["id", "title", "text"], *PLAIN]
        ),
        table_of(";", blank=" "),
        table_of("^"),
        table_of("~"),
        table_of("\x01"),
        "# exported by hand\n" + table_of(),
        "Articles of May\n\n" + table_of(";"),
        "sep=|\n" + table_of("|"),
        "Export;;\nDate;2021-05-03;\n\n" + table_of(";"),
    ],
)
def test_other_ways_of_writing_a_table_are_known_by_its_rows(tmp_path: Path, table: str) -> None:
    rows = read(tmp_path, "a.csv", table)
    assert [(row["record_key"], row["title"], row["text"].strip()) for row in rows] == PLAIN


def test_single_marks_and_blanks_in_texts_are_letters_of_a_usual_table(tmp_path: Path) -> None:
    texts = ["'Tis late, she said.", 'He asked, ""why"", and left.', "The dogs' day, 'at last'.", 'a, "b"']
    table = "id,text\n" + "".join(
        f'{n},"{text if chr(34) * 2 in text else text.replace(chr(34), chr(34) * 2)}"\n' for n, text in enumerate(texts)
    )
    assert [row["text"] for row in read(tmp_path, "a.csv", table)] == [text.replace('""', '"') for text in texts]


def test_a_row_is_no_header_though_a_word_in_it_is_a_name_of_texts(tmp_path: Path) -> None:
    (row,) = read(tmp_path, "a.csv", "1,Pier,It closes.\n2,Ferry,story\n3,text,It sails.\n")
    assert reason(row) == "no_text"
    assert "'Pier'" in row["reject"]["message"]


def test_a_column_that_stands_there_twice_loses_none_of_its_values(tmp_path: Path) -> None:
    (row,) = read(tmp_path, "a.csv", "id,text,text,text\n1,The quay closes.,The bridge opens.,It rained.\n")
    assert row["text"] == "The quay closes."
    assert json.loads(row["extra"]) == {"text.2": "The bridge opens.", "text.3": "It rained."}


def test_a_header_that_comes_again_is_no_article(tmp_path: Path) -> None:
    rows = read(tmp_path, "a.csv", "id,title,text\n1,A,The quay closes.\nid,title,text\n2,B,The bridge opens.\n")
    assert [(row["text"], reason(row)) for row in rows] == [
        ("The quay closes.", None),
        (None, "not_a_record"),
        ("The bridge opens.", None),
    ]


@pytest.mark.parametrize(
    "data",
    [
        "id\ttext\tdate\n1\tThe quay closes.\\\n\\\nIt is old.\t2021-05-03\n2\tA tab\\\there.\t\\N\n3\tC:\\\\\t2021-05-04\n",  # MySQL
        "id\ttext\tdate\n1\tThe quay closes.\\n\\nIt is old.\t2021-05-03\n2\tA tab\\there.\t\\N\n3\tC:\\\\\t2021-05-04\n",  # PostgreSQL
    ],
)
def test_what_databases_write_without_marks_is_read_with_its_line_ends(tmp_path: Path, data: str) -> None:
    rows = read(tmp_path, "dump.tsv", data)
    assert [(row["text"], row["date"], reason(row)) for row in rows] == [
        ("The quay closes.\n\nIt is old.", "2021-05-03", None),
        ("A tab\there.", None, None),
        ("C:\\", "2021-05-04", None),
    ]


def test_a_row_of_a_database_with_another_number_of_fields_is_rejected_with_its_lines(tmp_path: Path) -> None:
    good, bad = read(tmp_path, "dump.tsv", "id\ttext\tdate\n1\tIt rains.\t\\N\n2\tOne \\\ntwo\tthree\tfour.\n")
    assert (good["text"], reason(good), reason(bad)) == ("It rains.", None, "bad_value")
    assert "lines 3 to 4" in bad["reject"]["message"]
    assert bad["text"] == "2\tOne \\\ntwo\tthree\tfour.\n"


def test_a_backslash_in_a_usual_table_of_tabs_is_a_letter(tmp_path: Path) -> None:
    rows = read(tmp_path, "a.tsv", "id\ttext\n1\tSave it in C:\\new or here.\n2\tOr there.\n")
    assert [row["text"] for row in rows] == ["Save it in C:\\new or here.", "Or there."]


def test_single_marks_around_every_name_of_the_header_stand_around_fields_too(tmp_path: Path) -> None:
    (row,) = read(tmp_path, "a.csv", "'id';'text'\n'1';'The mayor''s \"quay\" closes'\n")
    assert (row["record_key"], row["text"]) == ("1", 'The mayor\'s "quay" closes')


def test_a_stray_nul_does_not_take_the_table_with_it(tmp_path: Path) -> None:
    rows = [f"{number},Story {number} of the harbour board.\n" for number in range(9)]
    found = read(tmp_path, "a.csv", "id,text\n" + "".join(rows).replace("4 of", "4\0of"))
    assert len(found) == 9
    assert all(reason(row) is None for row in found)


def test_marks_that_nobody_doubled_are_letters_where_they_end_no_field(tmp_path: Path) -> None:
    rows = [
        [str(number), f"Pier {number}", f'The mayor said "no", twice. "It stays," she said, {number} times.'] for number in range(6)
    ]
    plain = "id,title,text\n" + "".join(f'{number},"{title}","{text}"\n' for number, title, text in rows)
    found = read(tmp_path, "a.csv", plain)
    assert [[row["record_key"], row["title"], row["text"]] for row in found] == rows
    doubled = plain.splitlines(keepends=True)[:4] + written(rows[3:])[1:]  # half of a table
    assert [row["text"] for row in read(tmp_path, "b.csv", "".join(doubled))] == [text for _, _, text in rows]


@pytest.mark.parametrize("text", ["The pier closes, after 30 years.", "The pier closes."])
def test_a_row_whose_text_comes_first_and_is_not_opened_takes_no_other_with_it(tmp_path: Path, text: str) -> None:
    whole = [
        f'"{text}\n\n""We go,"" said Ada Roe, the {number}th.\n\nNobody spoke.",{number},2021-05-0{number}\n'
        for number in range(1, 7)
    ]
    whole[2] = whole[2].removeprefix('"')
    rows = read(tmp_path, "a.csv", "text,id,date\n" + "".join(whole))
    assert [row["record_key"] for row in rows if not row["reject"]] == ["1", "2", "4", "5", "6"]
    assert [reason(row) for row in rows if row["reject"]] == ["bad_value"]


def test_a_header_behind_a_byte_order_mark_that_comes_again_is_no_article(tmp_path: Path) -> None:
    rows = read(tmp_path, "a.csv", "\ufeffid,text\n1,The pier closes.\n\ufeffid,text\n2,It opens.\n")
    assert [(row["text"], reason(row)) for row in rows] == [("The pier closes.", None), (None, "not_a_record"), ("It opens.", None)]


def test_lines_without_a_tab_belong_to_the_text_before_where_texts_stand_last(tmp_path: Path) -> None:
    table = 'id\ttitle\ttext\n1\tPier\tIt closes.\n\n"Never," said Ada Roe.\n2\tQuay\tIt opens.\n'
    rows = read(tmp_path, "a.tsv", table)
    assert [(row["record_key"], row["text"]) for row in rows] == [("1", 'It closes.\n\n"Never," said Ada Roe.'), ("2", "It opens.")]


def test_a_null_of_mysql_in_a_table_with_backslashes_is_none(tmp_path: Path) -> None:
    rows = read(tmp_path, "a.csv", '"id","title","text"\n"1",\\N,"She said \\"no\\"."\n"2","Quay","He said \\"yes\\"."\n')
    assert [(row["title"], row["text"]) for row in rows] == [(None, 'She said "no".'), ("Quay", 'He said "yes".')]


def test_delimiters_at_the_end_of_rows_are_no_fields_and_a_value_there_is_refused(tmp_path: Path) -> None:
    table = "id,title,text\n1,Quay,It closes.,\n2,Pier,It stays.,,\n3,Dock,It burns.,why\n"
    found = read(tmp_path, "a.csv", table)
    assert [(row["title"], reason(row)) for row in found] == [("Quay", None), ("Pier", None), (None, "bad_value")]


def test_line_ends_that_a_database_wrote_as_letters_are_line_ends_and_those_of_paths_are_letters(tmp_path: Path) -> None:
    rows = read(tmp_path, "a.tsv", b"id\ttext\n1\tThe pool closes.\\n\\nIt opens in May.\n2\tBuses run.\\n\\nSo do trains.\n")
    assert [row["text"] for row in rows] == ["The pool closes.\n\nIt opens in May.", "Buses run.\n\nSo do trains."]
    (row,) = read(tmp_path, "b.tsv", b"id\ttext\n1\tIt lies in C:\\new\\notes on her machine.\n")
    assert row["text"] == "It lies in C:\\new\\notes on her machine."
