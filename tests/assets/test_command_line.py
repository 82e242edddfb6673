"""`copydesk clean | quotes | duplicates | compare`: one row out for each row in, whatever a row holds."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.cli import main, parser
from assets.commands.quotes import QUOTES, _most_marks
from assets.project import sample_corpus
from tests.loading import load_folder
from warehouse.working import declared_columns

ROOT = Path(__file__).resolve().parents[2]
STORY = "The harbour bridge will open on Friday, the town said.\n\n“We are ready for the ships,” said Mara Quill, the town's engineer.\n"
CLEAN_KEYS = {
    "id", "text", "title", "date", "date_source", "byline", "dateline", "section", "photo_credit", "language", "removed", "repairs",
    "published_at", "modified_at", "date_partial", "byline_agency", "correction", "share_kept",
}  # fmt: skip
QUOTE_KEYS = {"start", "end", "type", "content", "cue", "speaker", "part_of", "confidence"}


def run(tmp_path, command, rows, *options):
    """Rows of the output, in order."""
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_bytes(b"".join(row if isinstance(row, bytes) else json.dumps(row).encode() + b"\n" for row in rows))
    assert main([command, *options, str(source), str(target)]) == 0
    return [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]


BAD_ROWS = [
    (b"{broken\n", "broken_json"),
    (b'{"id": "bytes", "text": "\xff"}\n', "unreadable_bytes"),
    ([1, 2], "not_a_record"),
    ({"id": "none"}, "no_text"),
    ({"id": "number", "text": 7}, "bad_value"),
    ({"id": "null", "text": None}, "no_text"),
]


@pytest.mark.parametrize("command", ["clean", "quotes"])
def test_bad_rows_come_back_with_a_reason_and_the_others_are_done(tmp_path, command):
    rows = [{"id": "first", "text": STORY}, *(row for row, _ in BAD_ROWS), {"id": "last", "text": STORY}]
    found = run(tmp_path, command, rows)
    assert [row["id"] for row in found] == ["first", None, None, None, "none", "number", "null", "last"]
    assert [row["reject"]["reason"] for row in found[1:-1]] == [reason for _, reason in BAD_ROWS]
    assert all(row["reject"]["message"] for row in found[1:-1])
    assert "reject" not in found[0]
    assert {**found[0], "id": ""} == {**found[-1], "id": ""}


def test_clean_gives_every_promised_field(tmp_path):
    [row] = run(tmp_path, "clean", [{"id": 1, "text": STORY, "publisher": "p"}])
    assert set(row) == CLEAN_KEYS | {"publisher"}
    assert row["id"] == 1


def test_clean_of_html_gives_the_text_that_offsets_count_in(tmp_path):
    paragraphs = "".join(
        f"<p>Paragraph {n} tells how the harbour bridge was mended over a long winter by forty people.</p>" for n in range(6)
    )
    page = f"<html><body><nav>Home News Sport</nav><article><h1>The bridge</h1>{paragraphs}</article></body></html>"
    [row] = run(tmp_path, "clean", [{"id": "h", "html": page}])
    assert "Paragraph 5" in row["source_text"]
    assert "Paragraph 5" in row["text"]
    assert all(row["source_text"][r["start"] : r["end"]] for r in row["removed"])


def test_a_row_of_nothing_but_quotation_marks_is_refused_as_too_large(monkeypatch):
    monkeypatch.setattr("assets.commands.quotes._most_marks", lambda: 8)
    found = [QUOTES.problem({"text": text}) for text in ('"a" ' * 5, '"a" ' * 4, 5)]
    assert [problem and problem["reason"] for problem in found] == ["too_large", None, "bad_value"]


def test_clean_and_quotes_allow_as_many_quotation_marks_as_the_setting_says(tmp_path, monkeypatch):
    monkeypatch.setenv("COPYDESK_LIMITS_MAX_MARKS", "3")
    _most_marks.cache_clear()
    try:
        rows = [{"id": "many", "text": '"a" "b" ' * 5}, {"id": "few", "text": '"It closes," she said on Friday.'}]
        for command in ("clean", "quotes"):
            many, few = run(tmp_path, command, rows)
            assert many["reject"]["reason"] == "too_large"
            assert "limits.max_marks" in many["reject"]["message"]
            assert "reject" not in few
    finally:
        _most_marks.cache_clear()


def test_rows_with_equal_ids_are_cleaned_each_by_itself(tmp_path):
    found = run(tmp_path, "clean", [{"id": "x", "text": STORY}, {"id": "x", "text": STORY.replace("Friday", "Sunday")}])
    assert ["Friday" in row["text"] for row in found] == [True, False]


def test_quotes_leave_the_text_alone_and_offsets_count_in_it(tmp_path):
    [row] = run(tmp_path, "quotes", [{"id": "q", "text": STORY}])
    assert row["text"] == STORY
    direct = next(quote for quote in row["quotes"] if quote["type"] == "direct")
    assert set(direct) == QUOTE_KEYS
    assert STORY[direct["start"] : direct["end"]] == "We are ready for the ships,"
    speaker = direct["speaker"]
    assert STORY[speaker["start"] : speaker["end"]] == speaker["text"]
    assert speaker["name"] == "Mara Quill"


def test_no_indirect_leaves_reported_speech_out(tmp_path):
    text = "Mara Quill said that the bridge would open on Friday.\n\n“We are ready for the ships,” she added."
    with_it = run(tmp_path, "quotes", [{"id": "q", "text": text}])[0]["quotes"]
    without = run(tmp_path, "quotes", [{"id": "q", "text": text}], "--no-indirect")[0]["quotes"]
    assert {quote["type"] for quote in with_it} == {"direct", "indirect"}
    assert {quote["type"] for quote in without} == {"direct"}


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(st.text(max_size=80), max_size=5))
def test_any_text_gives_one_row_and_never_an_error(tmp_path, texts):
    rows = [{"id": place, "text": text} for place, text in enumerate(texts)]
    for command in ("clean", "quotes"):
        assert [row["id"] for row in run(tmp_path, command, rows)] == list(range(len(texts)))


def test_lone_surrogates_are_not_an_error(tmp_path):
    rows = [b'{"id": "s", "text": "A story \\ud800 about \\"the bridge\\" and its long and costly winter repair."}\n']
    assert run(tmp_path, "clean", rows)[0]["id"] == "s"
    assert run(tmp_path, "quotes", rows)[0]["text"].startswith("A story \ud800")


def copies():
    """A story, a copy with one word changed, and another story, long enough to compare."""
    words = [f"word{n}" for n in range(120)]
    changed = [*words[:60], "other", *words[61:]]
    return [
        {"id": "a", "text": " ".join(words), "publisher": "p", "date": "2031-01-01"},
        {"id": "b", "text": " ".join(changed), "publisher": "q", "date": "2031-01-02"},
        {"id": "c", "text": " ".join(f"else{n}" for n in range(120))},
    ]


def test_duplicates_give_pairs_and_a_cluster_for_every_row(tmp_path):
    clusters = tmp_path / "clusters.jsonl"
    [pair] = run(tmp_path, "duplicates", copies(), "--clusters", str(clusters))
    assert (pair["a_id"], pair["b_id"], pair["kind"]) == ("a", "b", "near")
    assert pair["jaccard"] == pytest.approx(111 / 121)
    assert pair["containment_a"] == pytest.approx(111 / 116)
    rows = {row["id"]: row for row in map(json.loads, clusters.read_text().splitlines())}
    assert rows["a"]["cluster_id"] == rows["b"]["cluster_id"] != rows["c"]["cluster_id"]
    assert rows["b"]["canonical_id"] == "a"


def test_duplicates_read_parquet(tmp_path):
    source, target = tmp_path / "in.parquet", tmp_path / "out.jsonl"
    table = pa.table({name: [row.get(name) for row in copies()] for name in ("id", "text", "date")})
    pq.write_table(table.append_column("more", pa.array([1, 2, 3])), source)
    assert main(["duplicates", str(source), str(target)]) == 0
    assert [json.loads(line)["b_id"] for line in target.read_text().splitlines()] == ["b"]


def test_repeated_ids_are_refused_with_the_value(tmp_path, capsys):
    source = tmp_path / "in.jsonl"
    source.write_text("".join(json.dumps({"id": "twice", "text": STORY}) + "\n" for _ in range(2)))
    assert main(["duplicates", str(source), "-"]) == 1
    assert "twice" in capsys.readouterr().err


def test_against_a_warehouse_says_which_articles_a_text_is_in(tmp_path, capsys):
    tables = load_folder(tmp_path / "w", sample_corpus())
    columns = [name for name, _ in declared_columns()["main", "articles"] if name != "load_id" and not name.endswith("_at")]
    article = max((dict(zip(columns, row, strict=True)) for row in tables["articles"]), key=lambda row: len(row["body"]))
    [match] = run(tmp_path, "duplicates", [{"id": "new", "text": article["body"]}], "--against", str(tmp_path / "w"))[:1]
    assert article["article_id"] in (match["a_id"], match["b_id"])
    assert match["kind"] == "exact"
    assert main(["duplicates", "--against", str(tmp_path / "none"), str(tmp_path / "in.jsonl"), "-"]) == 1
    assert "copydesk load" in capsys.readouterr().err


def test_compare_shows_both_texts_and_what_differs(tmp_path, capsys):
    for name, row in zip("ab", copies()[:2], strict=True):
        (tmp_path / name).write_text(row["text"])
    assert main(["compare", "--width", "100", str(tmp_path / "a"), str(tmp_path / "b")]) == 0
    plain = capsys.readouterr().out
    assert "word60" in plain
    assert "other" in plain
    assert "\x1b[" not in plain
    assert main(["compare", "--color", "always", str(tmp_path / "a"), str(tmp_path / "b")]) == 0
    assert "\x1b[" in capsys.readouterr().out
    assert main(["compare", "nowhere", str(tmp_path / "b"), "--warehouse", str(tmp_path)]) == 1


def test_every_row_has_its_cluster_in_input_order_with_the_id_as_given(tmp_path):
    clusters = tmp_path / "clusters.jsonl"
    a, b, c = ({**row, "id": place} for place, row in enumerate(copies(), 10))
    odd = [{"id": "none"}, b"{broken\n", {"id": None, "text": STORY}, {"id": "empty", "text": ""}]
    [pair] = run(tmp_path, "duplicates", [c, odd[0], b, *odd[1:], a], "--clusters", str(clusters))
    assert (pair["a_id"], pair["b_id"]) == (10, 11)
    rows = [json.loads(line) for line in clusters.read_text().splitlines()]
    assert [row["id"] for row in rows] == [12, "none", 11, None, None, "empty", 10]
    assert [row["canonical_id"] for row in rows] == [12, "none", 10, None, None, "empty", 10]
    assert ["reject" in row for row in rows] == [False, True, False, True, True, False, False]
    assert len({row["cluster_id"] for row in rows} - {None}) == 4


@pytest.mark.parametrize("id_type", [pa.int64(), pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string())])
def test_parquet_of_any_column_types_keeps_ids_and_accounts_for_every_row(tmp_path, id_type):
    source, target, clusters = tmp_path / "in.parq", tmp_path / "out.jsonl", tmp_path / "clusters.jsonl"
    ids = [3, 1, 2, 4] if id_type == pa.int64() else ["3", "1", "2", "4"]
    texts = [*(row["text"] for row in copies()), None]
    days = pa.array([0, 86_400_000, None, None], pa.timestamp("ms"))
    table = {
        "id": pa.array(ids).cast(id_type),
        "text": pa.array(texts, pa.large_string()),
        "date": days,
        "more": [[1], [], None, [2]],
    }
    pq.write_table(pa.table(table), source)
    assert main(["duplicates", "--clusters", str(clusters), str(source), str(target)]) == 0
    [pair] = [json.loads(line) for line in target.read_text().splitlines()]
    assert {pair["a_id"], pair["b_id"]} == set(ids[:2])
    rows = [json.loads(line) for line in clusters.read_text().splitlines()]
    assert [row["id"] for row in rows] == ids
    assert rows[0]["cluster_id"] == rows[1]["cluster_id"]
    assert rows[3]["reject"]["reason"] == "no_text"


def test_parquet_that_cannot_be_compared_says_why(tmp_path, capsys):
    source = tmp_path / "in.parquet"
    for table, message in (
        ({"id": ["x", "x"], "text": ["a", "b"]}, "'x'"),
        ({"id": ["x"], "body": ["a"]}, "no column 'text'"),
        ({"id": ["x"], "text": [["a"]]}, "list"),
    ):
        pq.write_table(pa.table(table), source)
        assert main(["duplicates", str(source), "-"]) == 1
        assert message in capsys.readouterr().err
    source.write_bytes(b"no Parquet")
    assert main(["duplicates", str(source), "-"]) == 1
    assert "columns id and text" in capsys.readouterr().err


def test_against_gives_pairs_only_and_tells_of_rows_that_cannot_be_compared(tmp_path, capsys):
    load_folder(tmp_path / "w", sample_corpus())
    assert run(tmp_path, "duplicates", [{"id": "none"}, {"id": "x", "text": STORY}], "--against", str(tmp_path / "w")) == []
    assert "'none'" in capsys.readouterr().err


def test_a_row_with_a_page_and_a_text_is_cleaned_as_load_reads_it(tmp_path):
    page = f"<html><body><article><p>{STORY * 8}</p></article></body></html>"
    rows = [
        {"id": "both", "text": STORY, "html": page},
        {"id": "page", "text": " ", "html": page},
        {"id": "no page", "text": STORY, "html": ""},
        {"id": "odd page", "text": STORY, "html": 7},
        {"id": "nothing", "html": ""},
        {"id": "null", "text": None, "html": None},
    ]
    found = run(tmp_path, "clean", rows)
    assert [("source_text" in row, row.get("reject", {}).get("reason")) for row in found] == [
        (False, None),
        (True, None),
        (False, None),
        (False, None),
        (False, "empty"),
        (False, "no_text"),
    ]


def test_missing_values_written_as_nan_are_null(tmp_path):
    rows = [b'{"id": NaN, "text": "%s", "publisher": NaN}\n' % STORY.split("\n")[0].encode()]
    for command in ("clean", "quotes"):
        [row] = run(tmp_path, command, rows)
        assert row["id"] is None
        assert row["text"]


def test_windows_line_ends_a_byte_order_mark_and_blank_lines_are_no_rows(tmp_path):
    rows = [
        b"\xef\xbb\xbf" + json.dumps({"id": "a", "text": STORY}).encode() + b"\r\n",
        b"\r\n",
        b"  \n",
        b'{"id": "b", "text": "x"}',
    ]
    assert [row["id"] for row in run(tmp_path, "quotes", rows)] == ["a", "b"]


@pytest.mark.parametrize("command", ["clean", "quotes", "duplicates"])
def test_an_output_that_cannot_be_written_is_told_before_the_work(tmp_path, command, capsys):
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps({"id": "a", "text": STORY}) + "\n")
    for target in (tmp_path / "no folder" / "out.jsonl", tmp_path):
        assert main([command, str(source), str(target)]) == 1
        assert "cannot write" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl"]


@pytest.mark.parametrize("command", ["clean", "quotes"])
def test_the_output_may_take_the_place_of_the_input(tmp_path, command):
    file = tmp_path / "rows.jsonl"
    file.write_text("".join(json.dumps({"id": n, "text": STORY}) + "\n" for n in range(3)))
    assert main([command, str(file), str(file)]) == 0
    assert [json.loads(line)["id"] for line in file.read_text(encoding="utf-8").splitlines()] == [0, 1, 2]


def command_line(*arguments, **options):
    return subprocess.Popen(
        [sys.executable, "-m", "assets.cli", *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options
    )


def test_a_reader_that_goes_away_ends_the_command_quietly(tmp_path):
    source = tmp_path / "in.jsonl"
    source.write_text("".join(json.dumps({"id": n, "text": STORY * 20}) + "\n" for n in range(300)))
    process = command_line("quotes", str(source), "-")
    assert json.loads(process.stdout.readline())["id"] == 0
    process.stdout.close()
    assert process.wait(60) == 1
    assert b"Traceback" not in process.stderr.read()
    process.stderr.close()


def test_output_is_utf_8_whatever_the_terminal_says(tmp_path):
    process = command_line("quotes", "-", "-", stdin=subprocess.PIPE, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    out, _ = process.communicate(json.dumps({"id": "é“", "text": "x"}).encode())
    assert json.loads(out.decode("utf-8"))["id"] == "é“"


@pytest.mark.parametrize("options", [["--clusters", "out"], ["--clusters", "c", "--against", "w"]])
def test_options_that_do_not_go_together_are_status_2(tmp_path, options, capsys):
    assert main(["duplicates", *options, str(tmp_path / "in"), "out"]) == 2
    assert "--clusters" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["lod"], "did you mean load?"),
        (["tidy"], "allowed: load, "),
        (["clean"], "missing: IN, OUT"),
        (["clean", "--aloen", "a", "b"], "did you mean --alone?"),
        (["duplicates", "--cluster=x", "--agianst=y"], "did you mean --against?"),
        (["load", "--full-refesh"], "did you mean --full-refresh?"),
        (["clean", "a", "b", "c"], "one argument too many"),
        (["trace", "x", "--color", "aways"], "did you mean always?"),
        (["load", "--wait", "long"], "no number of seconds"),
        (["report", "--most", "0"], "no number from 1"),
    ],
)
def test_wrong_usage_is_status_2_and_says_what_was_meant(arguments, said, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    error = capsys.readouterr().err
    assert said in error
    assert "--help" in error


def test_without_a_command_the_help_is_shown(capsys):
    assert main([]) == 2
    assert "copydesk load ~/news" in capsys.readouterr().err


def commands():
    return parser().commands


@pytest.mark.parametrize("command", commands())
def test_the_help_of_each_command_has_an_example_that_can_be_given(command):
    text = commands()[command].format_help()
    examples = re.findall(r"^  copydesk (.+)$", text.partition("\nexample")[2], re.M)
    assert examples
    for example in examples:
        words = shlex.split(example.partition(" > ")[0])
        assert words[0] == command
        assert parser().parse_known_args(words)[1] == []


def test_the_help_of_steps_names_every_field_that_they_give(tmp_path):
    row = {"id": "x", "text": STORY, "a": "Mara Quill", "b": "M. Quill"}
    for command in ("clean", "quotes", "names", "stories"):
        [given] = run(tmp_path, command, [row])
        text = commands()[command].format_help()
        assert [name for name in given.keys() - row.keys() if not re.search(rf"\b{name}\b", text)] == []
    quote = run(tmp_path, "quotes", [row])[0]["quotes"][0]
    assert [name for name in quote if name not in commands()["quotes"].format_help()] == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "tcsh"])
def test_a_shell_can_complete_commands_and_options(shell, capsys):
    pytest.importorskip("shtab")
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert all(word in script for word in (*commands(), "full-refresh", "clusters"))


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_bash_completes_a_command_an_option_and_a_file(tmp_path, capsys):
    pytest.importorskip("shtab")
    main(["completion", "bash"])
    (tmp_path / "script").write_text(capsys.readouterr().out)
    (tmp_path / "pages.jsonl").touch()
    asked = """
        source ./script
        for line in 'copydesk lo' 'copydesk load --full' 'copydesk clean pag'; do
            COMP_WORDS=($line); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _shtab_copydesk; echo "${COMPREPLY[@]}"
        done
    """
    done = subprocess.run(["bash", "-c", asked], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert [line.strip() for line in done.stdout.splitlines()] == ["load", "--full-refresh", "pages.jsonl"]


def test_a_quiet_step_says_nothing(tmp_path, capsys):
    run(tmp_path, "clean", [{"id": 1, "text": STORY}], "--quiet")
    assert capsys.readouterr() == ("", "")
    run(tmp_path, "clean", [{"id": 1, "text": STORY}])
    assert capsys.readouterr().err


@pytest.mark.parametrize("command", ["clean", "quotes", "duplicates"])
def test_a_file_that_is_not_there_is_status_1_with_what_to_do(tmp_path, command, capsys):
    assert main([command, str(tmp_path / "none"), str(tmp_path / "out")]) == 1
    assert "standard input" in capsys.readouterr().err
    assert main(["load", "--warehouse", str(tmp_path), str(tmp_path / "none")]) == 1
    assert "not there" in capsys.readouterr().err
