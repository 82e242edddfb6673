"""The single steps: what passes through them, and CSV, Parquet and compressed files in and out."""

import datetime
import gzip
import json
import math

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.cli import main
from assets.commands.formats import as_table, rows_of, write_table
from assets.commands.rows import read_rows, write_rows

STORY = "The harbour bridge will open on Friday, the town said.\n\n“We are ready for the ships,” said Mara Quill, the town's engineer.\n"
OWN = {
    "publisher": "harbour-courier",
    "url": "https://h.example/1",
    "likes": 3,
    "tags": ["a", {"b": None}],
    "note": "",
    "none": None,
}
ONE_FOR_ONE = {
    "clean": {"id": "x", "text": STORY},
    "quotes": {"id": "x", "text": STORY},
    "stories": {"id": "x", "text": STORY},
    "names": {"id": "x", "a": "Mara Quill", "b": "M. Quill"},
}


def rows_in(path):
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


def written(path, *rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize("command", ONE_FOR_ONE)
def test_fields_that_a_step_does_not_know_come_back_unchanged(tmp_path, command):
    source = written(tmp_path / "in.jsonl", ONE_FOR_ONE[command] | OWN, OWN | {"id": "refused", "text": 7})
    assert main([command, str(source), str(tmp_path / "out.jsonl")]) == 0
    done, refused = rows_in(tmp_path / "out.jsonl")
    assert OWN.items() <= done.items()
    assert OWN.items() <= refused.items()
    assert "reject" in refused


def test_clusters_have_the_fields_of_their_rows(tmp_path):
    source = written(tmp_path / "in.jsonl", *({"id": n, "text": STORY * 3} | OWN for n in range(2)))
    table = pa.table(
        {"id": [1, 2], "text": [STORY * 3] * 2, "day": [datetime.date(2031, 3, 1), None], "n": pa.array([1, 2], pa.int8())}
    )
    pq.write_table(table, tmp_path / "in.parquet")
    assert main(["duplicates", "--clusters", str(tmp_path / "c.jsonl"), str(source), str(tmp_path / "p.jsonl")]) == 0
    assert all(OWN.items() <= row.items() and "text" not in row for row in rows_in(tmp_path / "c.jsonl"))
    assert (
        main(["duplicates", "--clusters", str(tmp_path / "c.parquet"), str(tmp_path / "in.parquet"), str(tmp_path / "p.csv")]) == 0
    )
    found = pq.read_table(tmp_path / "c.parquet")
    assert found.select(["id", "day", "n"]).equals(table.select(["id", "day", "n"]))
    assert "text" not in found.column_names


def test_a_chain_keeps_publisher_url_and_why_a_row_was_refused(tmp_path):
    source = written(
        tmp_path / "a.jsonl",
        {"id": 1, "articleBody": STORY, "link": "https://h.example/1", "publisher": "p"},
        {"id": 2, "publisher": "q"},
    )
    assert main(["clean", str(source), str(tmp_path / "b.jsonl")]) == 0
    assert main(["quotes", str(tmp_path / "b.jsonl"), str(tmp_path / "c.jsonl")]) == 0
    assert main(["stories", str(tmp_path / "c.jsonl"), str(tmp_path / "d.jsonl")]) == 0
    first, second = rows_in(tmp_path / "d.jsonl")
    assert (first["link"], first["publisher"], first["title"]) == ("https://h.example/1", "p", None)
    assert "articleBody" not in first
    assert first["quotes"][-1]["speaker"]["name"] == "Mara Quill"
    assert (second["publisher"], second["reject"]["reason"]) == ("q", "no_text")


def test_what_a_row_says_of_itself_stands_where_its_text_does_not_say_it(tmp_path):
    titled = {"title": "Bridge to open", "byline": "Mara Quill", "date": "March 3, 2031", "section": "Town"}
    source = written(
        tmp_path / "a.jsonl", {"id": 1, "text": STORY} | titled, {"id": 2, "text": STORY, "date": "03/04/2031", "title": 7}
    )
    assert main(["clean", str(source), str(tmp_path / "b.jsonl")]) == 0
    assert main(["clean", str(tmp_path / "b.jsonl"), str(tmp_path / "c.jsonl")]) == 0
    for name in ("b.jsonl", "c.jsonl"):
        first, second = rows_in(tmp_path / name)
        assert titled | {"date": "2031-03-03", "date_source": "record"} == {key: first[key] for key in [*titled, "date_source"]}
        assert (second["title"], second["date"], second["date_source"]) == (None, None, None)


def test_a_page_comes_back_as_the_text_that_offsets_count_in_and_not_twice(tmp_path):
    page = f"<html><body><article><p>{STORY * 8}</p></article></body></html>"
    source = written(tmp_path / "a.jsonl", {"id": 1, "html": page, "source_text": "of an earlier run"})
    assert main(["clean", str(source), str(tmp_path / "b.jsonl")]) == 0
    [row] = rows_in(tmp_path / "b.jsonl")
    assert "html" not in row
    assert "harbour bridge" in row["source_text"]


@pytest.mark.parametrize("ending", [".csv", ".tsv", ".parquet", ".csv.gz", ".jsonl.gz", ".jsonl.zst", ".jsonl.xz", ".jsonl.bz2"])
def test_a_step_reads_and_writes_every_format_with_the_same_answers(tmp_path, ending):
    rows = [{"id": f"n{n}", "text": STORY, "publisher": "p", "likes": n} for n in range(2)]
    write_rows(str(tmp_path / f"in{ending}"), rows)
    assert main(["clean", str(tmp_path / f"in{ending}"), str(tmp_path / f"clean{ending}")]) == 0
    assert main(["quotes", str(tmp_path / f"clean{ending}"), str(tmp_path / f"quotes{ending}")]) == 0
    assert main(["clean", str(written(tmp_path / "a", *rows)), str(tmp_path / "b")]) == 0
    assert main(["quotes", str(tmp_path / "b"), str(tmp_path / "c")]) == 0
    found = [row.fields for row in read_rows(str(tmp_path / f"quotes{ending}"))]
    assert [row["quotes"] for row in found] == [row["quotes"] for row in rows_in(tmp_path / "c")]
    assert [row["text"] for row in found] == [row["text"] for row in rows_in(tmp_path / "c")]
    assert [str(row["likes"]) for row in found] == ["0", "1"]
    assert all("reject" not in row or row["reject"] is None for row in found)


def test_duckdb_reads_what_is_written_with_columns_of_a_type_whatever_the_rows_hold(tmp_path):
    source = written(tmp_path / "in.jsonl", {"id": 1, "text": "Closed."}, {"id": 2})
    for ending in ("csv", "parquet"):
        assert main(["clean", str(source), str(tmp_path / f"out.{ending}")]) == 0
        assert duckdb.sql(f"SELECT id, title, reject IS NOT NULL FROM '{tmp_path}/out.{ending}' ORDER BY id").fetchall() == [
            (1, None, False),
            (2, None, True),
        ]
    kinds = dict(duckdb.sql(f"SELECT column_name, column_type FROM (DESCRIBE FROM '{tmp_path}/out.parquet')").fetchall())
    assert kinds["removed"] == 'STRUCT("start" BIGINT, "end" BIGINT, kind VARCHAR, reason VARCHAR)[]'
    assert kinds["title"] == "VARCHAR"
    assert kinds["share_kept"] == "DOUBLE"


@pytest.mark.parametrize("command", ["clean", "quotes", "stories", "names", "duplicates", "utterances"])
def test_a_table_without_rows_has_every_column_that_the_step_gives(tmp_path, command):
    row = {"id": "x", "text": STORY, "a": "Mara Quill", "b": "M. Quill"}
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps({**row, "id": name}) + "\n" for name in "xy"), encoding="utf-8")
    (tmp_path / "none.jsonl").write_text("")
    for name in ("rows", "none"):
        assert main([command, "--quiet", str(tmp_path / f"{name}.jsonl"), str(tmp_path / f"{name}.parquet")]) == 0
    there, none = (pq.read_schema(tmp_path / f"{name}.parquet") for name in ("rows", "none"))
    assert {*there.names} - {*none.names} <= {*row} - {"id"}
    assert {*none.names} <= {*there.names}
    assert none.names[0] == there.names[0]
    assert not [name for name in set(none.names) - {"cluster_id"} if there.field(name).type != none.field(name).type]


def test_columns_of_a_parquet_file_keep_their_types(tmp_path):
    own = pa.table(
        {
            "day": pa.array([datetime.date(2031, 3, 1), None]),
            "at": pa.array([1, 2], pa.timestamp("ns", "UTC")),
            "small": pa.array([1, None], pa.int8()),
            "kind": pa.array(["a", "b"]).dictionary_encode(),
            "list": pa.array([[1], []], pa.list_(pa.int32())),
            "bytes": pa.array([b"\xff", b"a"]),
        }
    )
    table = own.append_column("text", pa.array([STORY, None])).append_column("id", pa.array([7, 8]))
    pq.write_table(table, tmp_path / "in.parquet")
    assert main(["quotes", str(tmp_path / "in.parquet"), str(tmp_path / "out.parquet")]) == 0
    assert pq.read_table(tmp_path / "out.parquet").select(own.column_names).equals(own)
    for ending in ("jsonl", "csv"):
        assert main(["quotes", str(tmp_path / "in.parquet"), str(tmp_path / f"out.{ending}")]) == 0
    first = rows_in(tmp_path / "out.jsonl")[0]
    assert (first["day"], first["at"], first["list"], first["bytes"]) == ("2031-03-01", "1970-01-01T00:00:00Z", [1], "/w==")
    assert duckdb.sql(f"SELECT day, list FROM '{tmp_path}/out.csv' LIMIT 1").fetchall() == [(datetime.date(2031, 3, 1), "[1]")]


def test_broken_rows_of_a_csv_file_come_back_with_a_reason_and_the_others_are_done(tmp_path):
    content = b'id,text,publisher\n1,"He said ""no"".",p\n2,a,b,c,d\n3,"caf\xe9",p\n4,fine,p\n'
    (tmp_path / "in.csv").write_bytes(content)
    assert main(["quotes", str(tmp_path / "in.csv"), str(tmp_path / "out.jsonl")]) == 0
    rows = rows_in(tmp_path / "out.jsonl")
    assert [row.get("reject", {}).get("reason") for row in rows] == [None, "bad_value", "unreadable_bytes", None]
    assert [row["id"] for row in rows] == ["1", None, None, "4"]
    assert rows[0]["text"] == 'He said "no".'


@pytest.mark.parametrize(
    "content",
    [
        "\ufeffid;text;publisher\r\n1;“A ferry”;p\r\n".encode(),
        "id\ttext\tpublisher\n1\t“A ferry”\tp\n".encode("utf-16"),
        "sep=;\nid;text;publisher\n1;“A ferry”;p".encode(),
    ],
)
def test_tables_of_spreadsheet_programs_are_read(tmp_path, content):
    (tmp_path / "in.csv").write_bytes(content)
    assert main(["quotes", str(tmp_path / "in.csv"), str(tmp_path / "out.jsonl")]) == 0
    [row] = rows_in(tmp_path / "out.jsonl")
    assert (row["id"], row["text"], row["publisher"]) == ("1", "“A ferry”", "p")


def test_two_columns_of_one_name_are_told(tmp_path, capsys):
    (tmp_path / "in.csv").write_text("id,text,note,note\n1,a,b,c\n")
    assert main(["quotes", str(tmp_path / "in.csv"), "-"]) == 1
    assert "two columns 'note'" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["in.parquet", "in.csv.gz", "in.jsonl.xz"])
def test_a_file_that_is_not_what_its_ending_says_is_status_1_with_what_to_do(tmp_path, capsys, name):
    (tmp_path / name).write_bytes(b"neither nor")
    assert main(["clean", str(tmp_path / name), "-"]) == 1
    assert "cannot read" in capsys.readouterr().err


def test_the_same_rows_give_the_same_bytes(tmp_path):
    for ending in ("csv", "parquet", "jsonl.gz", "csv.xz", "csv.bz2", "jsonl.zst"):
        for name in ("a", "b"):
            write_rows(str(tmp_path / f"{name}.{ending}"), [{"id": 1, "text": STORY}])
        assert (tmp_path / f"a.{ending}").read_bytes() == (tmp_path / f"b.{ending}").read_bytes()


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(st.dictionaries(st.sampled_from("abc"), VALUES, min_size=1), min_size=1, max_size=4))
def test_any_values_can_be_written_as_a_table_and_no_row_is_lost(tmp_path, rows):
    for ending in ("csv", "parquet"):
        path = tmp_path / f"any.{ending}"
        with path.open("wb") as stream:
            write_table(str(path), stream, as_table(rows, pa.schema([])))
    read = list(rows_of(pq.read_table(tmp_path / "any.parquet")))
    assert len(read) == len(rows)
    for row, back in zip(rows, read, strict=True):
        for name, value in row.items():
            if isinstance(value, str) and all(isinstance(r.get(name), str | None) for r in rows):
                assert back[name] == value.encode("utf-8", "replace").decode() or "\ufffd" in back[name]
            if value is None or (isinstance(value, float) and not math.isfinite(value) and isinstance(back[name], float)):
                assert back[name] is None
