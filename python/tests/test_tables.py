"""Tables of statements, with the libraries that read and write tables."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sayso

TEXTS = [
    "“The bridge will open in May,” said Ana Ruiz, the mayor of Lorca, on Tuesday. She told reporters that the work was late.",
    "It rained.",
    "“We lost,” Tam Orrel said – “but narrowly.” 🌊 According to Ilse Maran, the ferry will go on.",
]
IDS = ["a1", "a2", "a3"]


def rows(table: Any) -> list[dict[str, Any]]:
    return pa.table(table).to_pylist()


@pytest.fixture(scope="module")
def expected() -> list[dict[str, Any]]:
    """The rows of the table, worked out from the documents."""
    found = []
    for id, doc in zip(IDS, sayso.extract_all(TEXTS), strict=True):
        for s in doc.statements:
            of = lambda part: "; ".join(getattr(v, part) or "" for v in s.speakers) if any(getattr(v, part) for v in s.speakers) else None  # noqa: B023, E731
            row: dict[str, Any] = {
                "document": id, "index": s.index, "form": s.form, "act": s.act, "speaker": of("name"), "speaker_kind": of("kind"),
                "role": of("role"), "affiliation": of("affiliation"), "content": s.content.text, "cue": s.cue and s.cue.text,
                "cue_lemma": s.cue and s.cue.lemma, "resolved_by": s.resolved_by, "confidence": s.confidence,
                "begin": s.content.spans[0][0], "end": s.content.spans[-1][1],
            }  # fmt: skip
            for part in ("source", "addressee", "topic", "when", "where"):
                row[part] = getattr(s, part) and getattr(s, part).text
            for part in ("content", "cue", "source", "addressee", "topic", "when", "where"):
                phrase = getattr(s, part)
                row[f"{part}_spans"] = phrase and [{"begin": begin, "end": end} for begin, end in phrase.spans]
            found.append(row)
    assert len(found) >= 4 and any(row["when"] for row in found)
    return found


def test_a_row_says_what_the_document_says(expected: list[dict[str, Any]]) -> None:
    assert rows(sayso.to_table(TEXTS, IDS)) == expected
    table = sayso.to_table(iter(TEXTS), ids=iter(IDS), threads=2)
    assert rows(table) == expected
    assert len(table) == len(expected)
    assert list(table.column_names) == list(pa.table(table).column_names)


def test_the_same_bytes_come_out_whatever_the_number_of_threads() -> None:
    many = TEXTS * 500
    assert pa.table(sayso.to_table(many, threads=1)).equals(pa.table(sayso.to_table(many, threads=3)))


def test_without_ids_a_document_is_its_number() -> None:
    assert {row["document"] for row in rows(sayso.to_table(TEXTS))} == {"0", "2"}


def test_it_has_the_columns_of_the_command(command: Any, tmp_path: Any, expected: list[dict[str, Any]]) -> None:
    lines = "".join(json.dumps({"id": id, "text": text}) + "\n" for id, text in zip(IDS, TEXTS, strict=True))
    (tmp_path / "news.jsonl").write_text(lines, encoding="utf-8")
    assert command("extract", str(tmp_path / "news.jsonl"), "-f", "parquet", "-o", str(tmp_path / "out.parquet")).returncode == 0
    written = pq.read_table(tmp_path / "out.parquet")
    table = pa.table(sayso.to_table(TEXTS, IDS))
    assert written.to_pylist() == expected
    assert table.schema.equals(written.schema, check_metadata=False)
    assert b"resolved" in table.schema.field("speaker").metadata[b"description"]


COLUMNS: dict[str, Callable[[list[Any]], Any]] = {
    "pyarrow array": pa.array,
    "pyarrow large array": lambda values: pa.array(values, pa.large_string()) if isinstance(values[0], str) else pa.array(values),
    "pyarrow views": lambda values: pa.array(values, pa.string_view()) if isinstance(values[0], str) else pa.array(values),
    "pyarrow dictionary": lambda values: pa.array(values).dictionary_encode(),
    "pyarrow chunks": lambda values: pa.chunked_array([values[:1], values[1:]]),
    "pyarrow slice": lambda values: pa.array([values[0], *values, values[0]]).slice(1, len(values)),
    "pandas": pd.Series,
    "pandas objects": lambda values: pd.Series(values, dtype=object),
    "pandas arrow": lambda values: pd.Series(pd.array(values, dtype=pd.ArrowDtype(pa.array(values).type))),
    "polars": pl.Series,
    "polars rechunked": lambda values: pl.concat([pl.Series(values[:2]), pl.Series(values[2:])], rechunk=False),
    "polars categories": lambda values: pl.Series(values, dtype=pl.Categorical) if isinstance(values[0], str) else pl.Series(values),
    "tuple": tuple,
}  # fmt: skip


@pytest.mark.parametrize("kind", COLUMNS)
def test_a_column_of_any_library_gives_the_same_rows(kind: str, expected: list[dict[str, Any]]) -> None:
    column = COLUMNS[kind]
    assert rows(sayso.to_table(column(TEXTS), column(IDS))) == expected


@pytest.mark.parametrize("kind", [k for k in COLUMNS if k not in ("tuple", "pandas objects")])
def test_ids_may_be_numbers(kind: str) -> None:
    found = rows(sayso.to_table(TEXTS, COLUMNS[kind]([11, 12, 13])))
    assert {row["document"] for row in found} == {"11", "13"}


def in_tables() -> dict[str, Callable[[], Any]]:
    columns = {"id": IDS, "text": TEXTS}
    return {
        "pyarrow table": lambda: pa.table(columns),
        "pyarrow batch": lambda: pa.record_batch(columns),
        "pyarrow chunks": lambda: pa.concat_tables([pa.table(columns).slice(0, 1), pa.table(columns).slice(1)]),
        "pyarrow reader": lambda: pa.table(columns).to_reader(max_chunksize=1),
        "pandas": lambda: pd.DataFrame(columns),
        "polars": lambda: pl.DataFrame(columns),
        "duckdb": lambda: duckdb.from_arrow(pa.table(columns)).order("id"),
        "sayso itself": lambda: sayso.to_table(TEXTS, IDS),
    }


@pytest.mark.parametrize("kind", [k for k in in_tables() if k != "sayso itself"])
def test_a_table_of_any_library_gives_the_same_rows(kind: str, expected: list[dict[str, Any]]) -> None:
    assert rows(sayso.extract_table(in_tables()[kind]())) == expected


def test_every_library_reads_the_table(expected: list[dict[str, Any]]) -> None:
    table = said = sayso.to_table(TEXTS, IDS)
    speakers = [row["speaker"] for row in expected]
    assert pa.table(table)["speaker"].to_pylist() == speakers
    assert pl.DataFrame(table)["speaker"].to_list() == speakers
    frame = pd.DataFrame.from_arrow(table)
    assert [None if pd.isna(name) else name for name in frame["speaker"]] == speakers
    assert duckdb.sql("select speaker from said").fetchall() == [(name,) for name in speakers]
    assert duckdb.sql("select count(*) from said").fetchall() == [(len(expected),)], "it can be read again"
    assert pl.DataFrame(table)["content_spans"].to_list() == [row["content_spans"] for row in expected]


def test_the_columns_of_articles_and_ids_can_be_named(expected: list[dict[str, Any]]) -> None:
    table = pa.table({"body": TEXTS, "number": [1, 2, 3], "id": IDS})
    assert rows(sayso.extract_table(table, text="body")) == expected
    assert {row["document"] for row in rows(sayso.extract_table(table, "body", "number"))} == {"1", "3"}
    assert {row["document"] for row in rows(sayso.extract_table(table, "body", id=None))} == {"0", "2"}
    assert {row["document"] for row in rows(sayso.extract_table(table.select(["body"]), "body"))} == {"0", "2"}


def test_a_missing_text_has_no_statement_and_a_missing_id_is_the_rows_number() -> None:
    table = pa.table({"text": [TEXTS[0], None, TEXTS[0]], "id": [None, "b", "c"]})
    assert {row["document"] for row in rows(sayso.extract_table(table))} == {"0", "c"}
    assert rows(sayso.to_table(pa.nulls(3))) == []


def test_nothing_in_gives_all_columns_out() -> None:
    empty = pa.table(sayso.to_table([]))
    assert empty.num_rows == 0 and empty.column_names[:2] == ["document", "index"]
    assert pl.DataFrame(sayso.extract_table(pl.DataFrame(schema={"text": pl.String}))).shape == (0, len(empty.column_names))


@pytest.mark.parametrize(
    ("wrong", "error", "says"),
    [
        (lambda: sayso.to_table(TEXTS[0]), TypeError, "texts is one str: give a list of them"),
        (lambda: sayso.to_table([TEXTS[0], 5]), TypeError, "texts[1] is int, not str"),
        (lambda: sayso.to_table(pa.array([1, 2])), TypeError, "texts holds int64, not strings"),
        (lambda: sayso.to_table(pl.Series([[1], [2]])), TypeError, "texts holds largelist, not strings"),
        (lambda: sayso.to_table(pd.Series(["a", 5])), TypeError, "texts[1] is int, not str"),
        (lambda: sayso.to_table(pa.table({"text": TEXTS})), TypeError, "texts is a table: give one column of it, or the table to extract_table"),
        (lambda: sayso.to_table(TEXTS, IDS[:2]), ValueError, "3 texts, but 2 ids: give one id a text"),
        (lambda: sayso.to_table(TEXTS, pa.array([[1], [2], [3]])), TypeError, "ids holds list, not strings or whole numbers"),
        (lambda: sayso.to_table(TEXTS, threads=0), ValueError, "threads is 0: give 1 or more, or None for all of the machine's"),
        (lambda: sayso.extract_table(TEXTS), TypeError, "table is list, not a table of a library that speaks the Arrow PyCapsule interface"),
        (lambda: sayso.extract_table(pl.Series(TEXTS)), TypeError, "table is one column (utf8view): give it to to_table"),
        (lambda: sayso.extract_table(pa.table({"body": TEXTS, "n": IDS})), ValueError, 'table has no column "text"; its columns are "body", "n"; name the one that is meant: text="..."'),
        (lambda: sayso.extract_table(pa.table({"text": TEXTS}), id="number"), ValueError, 'table has no column "number"; its columns are "text"; name the one that is meant: id="..."'),
        (lambda: sayso.extract_table(pa.table({"text": [1, 2]})), TypeError, 'column "text" holds int64, not strings'),
        (lambda: sayso.extract_table(pa.table({"text": TEXTS, "id": [1.5, 2.5, 3.5]})), TypeError, 'column "id" holds double, not strings or whole numbers'),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_one_clear_error(wrong: Callable[[], Any], error: type[Exception], says: str) -> None:
    with pytest.raises(error) as caught:
        wrong()
    assert says in str(caught.value) and "\n" not in str(caught.value)


def test_strings_that_are_no_strings_are_an_error() -> None:
    broken = pa.StringArray.from_buffers(1, pa.py_buffer(bytes([0, 0, 0, 0, 2, 0, 0, 0])), pa.py_buffer(b"\xff\xfe"))
    with pytest.raises(ValueError, match="texts is a broken Arrow array"):
        sayso.to_table(broken)


def test_an_error_of_the_producer_is_told() -> None:
    def batches() -> Any:
        yield pa.record_batch({"text": TEXTS})
        raise RuntimeError("the disk is gone")

    with pytest.raises(ValueError, match="the disk is gone"):
        sayso.extract_table(pa.RecordBatchReader.from_batches(pa.schema([("text", pa.string())]), batches()))


def test_texts_are_read_where_they_are() -> None:
    """400 MB of articles of which only one is there: a copy would show in the memory that the process takes."""
    script = """
import resource, pyarrow as pa, sayso
long = pa.array(["x" * 1000] * 400_000)
table = pa.table({"text": long})
sayso.extract_table(table.slice(0, 64), threads=1)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
sayso.extract_table(pa.table({"text": long.slice(0, 640)}), threads=1)
sayso.to_table(table.slice(399_000, 640)["text"], threads=1)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""
    grown = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", timeout=120, check=True)
    assert int(grown.stdout) < 100, f"{grown.stdout} MB"


def test_others_run_while_it_works(ticks_during: Callable[[Callable[[], object]], tuple[int, float]]) -> None:
    ticks, passed = ticks_during(lambda: sayso.to_table(TEXTS * 1000, threads=1))
    assert ticks > 20 * passed, f"{ticks} ticks in {passed:.2f} s"


def test_a_process_that_was_forked_works_too() -> None:
    script = """
import os, sayso
texts = ["“We lost,” said Ana Ruiz."] * 200
assert len(sayso.to_table(texts)) == 200
child = os.fork()
if child == 0:
    os._exit(0 if len(sayso.to_table(texts)) == 200 else 1)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
"""
    if hasattr(__import__("os"), "fork"):
        subprocess.run([sys.executable, "-c", script], timeout=60, check=True)
