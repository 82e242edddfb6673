"""`copydesk export`: what is written can be read by others, the manifest is true, and nothing of anybody else is touched."""

import hashlib
import json
import shutil

import duckdb
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from assets.cli import main
from tests.loading import load_folder
from warehouse import sql_names

RECORDS = [
    {"id": "1", "publisher": "harbour-courier", "date": "2031-03-03", "title": "Bridge to open", "text": "“We are ready,” said Mara Quill, the town's engineer. The bridge opens on Friday, and 'all' may cross it."},
    {"id": "2", "publisher": "tidewire", "date": "2031-04-01", "title": "", "text": "The ferry came home at dawn.\n\n“It was cold,” said \"Captain\" Ole Brandt; nobody was hurt, he said."},
    {"id": "3", "publisher": "tidewire", "text": "The council met on the harbour, and spoke about boats for a long time before it went home again."},
]  # fmt: skip


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    folder = tmp_path_factory.mktemp("export")
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "a.jsonl").write_text("".join(json.dumps(record) + "\n" for record in RECORDS), encoding="utf-8")
    load_folder(folder / "warehouse", corpus)
    return folder / "warehouse"


@pytest.fixture(scope="module")
def exported(warehouse, tmp_path_factory):
    folder = tmp_path_factory.mktemp("exported") / "it's here"
    assert main(["export", "--quiet", "--warehouse", str(warehouse), str(folder)]) == 0
    return folder


def manifest_of(folder):
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def files_below(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def rows(connection, query, *parameters):
    return connection.execute(query, parameters).fetchall()


def test_every_published_table_comes_back_from_parquet_as_it_was(warehouse, exported):
    with duckdb.connect(str(warehouse / "copydesk.duckdb"), read_only=True) as there, duckdb.connect() as here:
        for table in sql_names("tables"):
            source = str(exported / ("articles/*/*.parquet" if table == "articles" else f"{table}.parquet"))
            assert rows(here, "SELECT * FROM read_parquet(?, hive_partitioning = false) ORDER BY ALL", source) == rows(
                there, f"FROM {table} ORDER BY ALL"
            )
            described = "SELECT column_name, column_type FROM (DESCRIBE {})"
            assert rows(here, described.format("FROM read_parquet(?, hive_partitioning = false)"), source) == rows(
                there, described.format(f"FROM {table}")
            )


def test_articles_lie_by_month_as_hive_readers_take_it(exported):
    found = ds.dataset(exported / "articles", partitioning="hive").to_table(columns=["publisher", "month"])
    assert sorted(map(tuple, map(dict.values, found.to_pylist())), key=str) == [
        ("harbour-courier", "2031-03"),
        ("tidewire", "2031-04"),
        ("tidewire", None),
    ]
    with duckdb.connect() as here:
        source = str(exported / "articles/*/*.parquet")
        assert rows(here, "SELECT month FROM read_parquet(?, hive_partitioning = true) ORDER BY 1", source) == [
            ("2031-03",),
            ("2031-04",),
            (None,),
        ]


def test_the_manifest_has_every_file_with_its_rows_and_hash_and_every_column_with_its_description(warehouse, exported):
    manifest = manifest_of(exported)
    assert set(manifest["tables"]) == set(sql_names("tables"))
    listed = [file for table in manifest["tables"].values() for file in (*table["files"], table["csv"])]
    assert {file["path"] for file in listed} | {"manifest.json", "sources.yml"} == files_below(exported)
    for file in listed:
        content = (exported / file["path"]).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (file["bytes"], file["sha256"])
    for table in manifest["tables"].values():
        assert sum(pq.read_metadata(exported / file["path"]).num_rows for file in table["files"]) == table["rows"]
        assert [column["name"] for column in table["columns"]] == pq.read_schema(exported / table["files"][0]["path"]).names
    with duckdb.connect(str(warehouse / "copydesk.duckdb"), read_only=True) as there:
        comments = rows(
            there, "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal AND schema_name = 'main'"
        )
    described = {(name, c["name"]): c["description"] for name, table in manifest["tables"].items() for c in table["columns"]}
    assert {(table, column): text for table, column, text in comments if table in manifest["tables"]} == described


def test_csv_keeps_null_and_empty_apart_and_has_lists_as_json(exported):
    with duckdb.connect() as here:
        csv = str(exported / "csv")
        assert rows(
            here, f"SELECT count(*) FILTER (WHERE date IS NULL) FROM read_csv('{csv.replace(chr(39), chr(39) * 2)}/articles.csv')"
        ) == [(1,)]
        texts = rows(here, "SELECT raw_text FROM read_csv(?, all_varchar = true) ORDER BY 1", f"{csv}/documents.csv")
        assert texts == sorted((record["text"],) for record in RECORDS)
        [variants] = {
            kind for (kind,) in rows(here, "SELECT typeof(CAST(variants AS JSON)[0]) FROM read_csv(?)", f"{csv}/speakers.csv")
        }
        assert variants == "JSON"


def test_the_same_warehouse_gives_the_same_bytes(warehouse, exported, tmp_path):
    assert main(["export", "--quiet", "--warehouse", str(warehouse), str(tmp_path / "again")]) == 0
    assert files_below(tmp_path / "again") == files_below(exported)
    assert all((tmp_path / "again" / name).read_bytes() == (exported / name).read_bytes() for name in files_below(exported))


def test_an_earlier_export_is_replaced_what_it_alone_had_goes_and_other_files_stay(warehouse, exported, tmp_path, capsys):
    folder = tmp_path / "x"
    shutil.copytree(exported, folder)
    old = manifest_of(folder)
    old["tables"]["articles"]["files"] += [
        {"path": "articles/month=1999-01/articles.parquet"},
        {"path": "../kept"},
        {"path": str(tmp_path / "kept")},
    ]
    (folder / "manifest.json").write_text(json.dumps(old))
    for name in ("x/articles/month=1999-01/articles.parquet", "kept", "x/notes.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert main(["export", "--no-csv", "--json", "--warehouse", str(warehouse), str(folder)]) == 0
    assert json.loads(capsys.readouterr().out) == manifest_of(folder)
    assert (tmp_path / "kept").exists()
    assert files_below(folder) == {name for name in files_below(exported) if not name.startswith("csv/")} | {"notes.txt"}
    assert not (folder / "articles/month=1999-01").exists()


@pytest.mark.parametrize("content", [None, "{}", '{"made_by": "another program", "tables": {}}', "[1]", "no json"])
def test_a_folder_with_something_else_is_refused_and_left_as_it_is(warehouse, tmp_path, capsys, content):
    (tmp_path / "letter.txt").write_text("mine")
    if content is not None:
        (tmp_path / "manifest.json").write_text(content)
    before = {name: (tmp_path / name).read_bytes() for name in files_below(tmp_path)}
    assert main(["export", "--warehouse", str(warehouse), str(tmp_path)]) == 1
    assert "not empty" in capsys.readouterr().err
    assert {name: (tmp_path / name).read_bytes() for name in files_below(tmp_path)} == before
    assert main(["export", "--warehouse", str(warehouse), str(tmp_path / "letter.txt")]) == 1
    assert "is a file" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_status_1_with_what_to_do(warehouse, tmp_path, capsys):
    (tmp_path / "file").touch()
    assert main(["export", "--warehouse", str(warehouse), str(tmp_path / "file" / "below")]) == 1
    assert "give a folder that can be written to" in capsys.readouterr().err
    assert main(["export", "--warehouse", str(tmp_path / "none"), str(tmp_path / "x")]) == 1
    assert "no warehouse at" in capsys.readouterr().err
    assert not (tmp_path / "x").exists()


def test_sources_for_dbt_name_every_table_and_column_with_what_they_hold(exported):
    yaml = pytest.importorskip("yaml")
    [source] = yaml.safe_load((exported / "sources.yml").read_text(encoding="utf-8"))["sources"]
    manifest = manifest_of(exported)
    found = {
        t["name"]: (t["description"], [(c["name"], c["description"], c["data_type"]) for c in t["columns"]])
        for t in source["tables"]
    }
    assert found == {
        name: (t["description"], [(c["name"], c["description"], c["type"]) for c in t["columns"]])
        for name, t in manifest["tables"].items()
    }
    tests = {(t["name"], c["name"]): c.get("data_tests") for t in source["tables"] for c in t["columns"]}
    assert tests["articles", "article_id"] == ["unique", "not_null"]
    assert tests["articles", "body"] == ["not_null"]
    assert tests["articles", "date"] is None
