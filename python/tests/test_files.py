"""Files read and written from Python."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
import warnings
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sayso

ARTICLES = [
    "“The bridge will open in May,” said Ana Ruiz, the mayor of Lorca, on Tuesday. She told reporters that the work was late.",
    "It rained all day in Skerrin, and the council of the town met for an hour.",
    "“We lost,” Tam Orrel said in the harbour, “but narrowly.” According to Ilse Maran, the ferry will go on.",
]


def lines(articles: list[str]) -> str:
    return "".join(json.dumps({"id": f"a{n}", "text": text}) + "\n" for n, text in enumerate(articles))


def response(text: str, uri: str) -> bytes:
    page = f"<html><head><title>Bridge</title></head><body><nav><a href='/'>Home</a></nav><article><p>{text}</p></article></body></html>".encode()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {uri}\r\nContent-Length: {len(http)}\r\n\r\n".encode()
    return head + http + b"\r\n\r\n"


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """The same three articles in every format."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "1.jsonl").write_text(lines(ARTICLES), encoding="utf-8")
    (folder / "2.jsonl.gz").write_bytes(gzip.compress(lines(ARTICLES).encode()))
    (folder / "3.csv").write_text("id,text\n" + "".join(f'a{n},"{text}"\n' for n, text in enumerate(ARTICLES)), encoding="utf-8")
    pq.write_table(pa.table({"id": ["a0", "a1", "a2"], "text": ARTICLES}), folder / "4.parquet")
    for n, text in enumerate(ARTICLES):
        (folder / f"5{n}.txt").write_text(text, encoding="utf-8")
    (folder / "6.warc.gz").write_bytes(b"".join(gzip.compress(response(text, f"a{n}")) for n, text in enumerate(ARTICLES)))
    return folder


def test_every_format_is_read(news: Path) -> None:
    found = list(sayso.read(news))
    assert [article.text for article in found] == ARTICLES * 6
    assert [article.id for article in found[:3]] == ["a0", "a1", "a2"]
    assert found[12].id == str(news / "50.txt") and found[15].id == f"{news}/6.warc.gz#1"
    assert [article.id for article in sayso.read(news / "6.warc.gz", id_field="WARC-Target-URI")] == ["a0", "a1", "a2"]
    assert [article.id for article in sayso.read([news / "1.jsonl", str(news / "3.csv")])] == ["a0", "a1", "a2"] * 2


def test_an_article_has_what_came_with_it(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps({"key": 7, "head": "Bridge", "day": "2024-05-01", "body": ARTICLES[0]}), encoding="utf-8")
    [article] = sayso.read(file, text_field="body", id_field="key", title_field="head", date_field="day")
    assert (article.id, article.title, article.date, article.text) == ("7", "Bridge", "2024-05-01", ARTICLES[0])
    assert repr(article) == "Article('7': '“The bridge will open in May,” said Ana…')"
    assert article.byline is None and article.language is None


def test_what_cannot_be_read_is_a_warning_or_told_and_the_rest_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(lines(ARTICLES) + "{broken\n" + lines(ARTICLES), encoding="utf-8")
    with pytest.warns(sayso.InputWarning) as caught:
        assert len(list(sayso.read([file, tmp_path / "none.txt"]))) == 6
    lines_told = [str(warning.message) for warning in caught]
    assert len(lines_told) == 2 and "a.jsonl, line 4: broken JSON" in lines_told[0] and "none.txt: no such file or folder" in lines_told[1]
    told: list[str] = []
    assert len(list(sayso.read([file, tmp_path / "none.txt"], on_error=told.append))) == 6
    assert len(told) == 2 and all("\n" not in line for line in told)
    with warnings.catch_warnings(), pytest.raises(sayso.InputWarning, match="line 4"):
        warnings.simplefilter("error")
        list(sayso.read(file))


def test_other_languages_are_passed_over_with_a_count(tmp_path: Path) -> None:
    german = (
        "Der Hafen von Skerrin bleibt bis auf Weiteres geschlossen, sagte die Bürgermeisterin am Dienstag vor dem Rat der Stadt. "
        "Die Fischer warten seit Wochen auf eine Entscheidung, und niemand weiß, wann sie fällt und was sie bringt."
    )
    (tmp_path / "a.jsonl").write_text(lines([german, ARTICLES[0]]), encoding="utf-8")
    articles = sayso.read(tmp_path)
    assert ([a.id for a in articles], articles.passed_over) == (["a1"], 1)
    assert len(list(sayso.read(tmp_path, language="any"))) == 2
    assert sayso.extract_files(tmp_path / "a.jsonl", tmp_path / "out.jsonl").passed_over == 1


@pytest.mark.parametrize("format", ["jsonl", "documents", "csv", "parquet", "annotations", "html", "text"])
def test_it_writes_what_the_command_writes(command: Any, news: Path, tmp_path: Path, format: str) -> None:
    assert command("extract", str(news), "-f", format, "-o", str(tmp_path / "command")).returncode == 0
    told: list[sayso.Progress] = []
    done = sayso.extract_files(news, tmp_path / "python", format, progress=told.append)  # type: ignore[arg-type]
    assert (tmp_path / "python").read_bytes() == (tmp_path / "command").read_bytes()
    assert (done.articles, done.errors, done.passed_over) == (18, 0, 0) and done.statements >= 4 * 6
    assert (told[-1].articles, told[-1].statements) == (done.articles, done.statements)
    assert told[-1].bytes_read == told[-1].bytes_total == sum(file.stat().st_size for file in news.iterdir())


def test_it_writes_what_the_command_writes_with_the_accurate_model(command: Any, news: Path, tmp_path: Path) -> None:
    assert command("extract", str(news), "--model", "accurate", "-f", "jsonl", "-o", str(tmp_path / "command")).returncode == 0
    sayso.extract_files(news, tmp_path / "python", "jsonl", model="accurate")
    sayso.extract_files(news, tmp_path / "fast", "jsonl")
    assert (tmp_path / "python").read_bytes() == (tmp_path / "command").read_bytes() != (tmp_path / "fast").read_bytes()
    with pytest.raises(ValueError, match="model"):
        sayso.extract_files(news, tmp_path / "none", "jsonl", model="best")  # type: ignore[arg-type]


def test_the_name_of_the_output_tells_its_format(news: Path, tmp_path: Path) -> None:
    for name in ("a.parquet", "a.csv", "a.jsonl", "a"):
        sayso.extract_files(news / "1.jsonl", tmp_path / name)
    rows = pq.read_table(tmp_path / "a.parquet").num_rows
    assert (tmp_path / "a.csv").read_text(encoding="utf-8").startswith("document,index,form")
    assert len((tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()) == rows > 3
    assert (tmp_path / "a").read_bytes() == (tmp_path / "a.jsonl").read_bytes()


def test_errors_are_told_and_counted(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(lines(ARTICLES) + "{broken\n", encoding="utf-8")
    told: list[str] = []
    done = sayso.extract_files(tmp_path / "a.jsonl", tmp_path / "out.jsonl", on_error=told.append)
    assert (done.articles, done.errors, len(told)) == (3, 1, 1) and "line 4: broken JSON" in told[0]
    with pytest.warns(sayso.InputWarning, match="line 4: broken JSON"):
        sayso.extract_files(tmp_path / "a.jsonl", tmp_path / "out.jsonl")


def test_what_cannot_start_is_one_clear_error(news: Path, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="none"):
        sayso.read(tmp_path / "none")
    with pytest.raises(TypeError, match="paths is int: give a path or a list of paths"):
        sayso.read(5)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"paths\[1\] is int, not a path"):
        sayso.read([str(news), 5])  # type: ignore[list-item]
    with pytest.raises(ValueError, match='input_format is "word": give one of "text", "html"'):
        sayso.read(news, input_format="word")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match='format is "xml": give one of "jsonl", "documents"'):
        sayso.extract_files(news, tmp_path / "out", "xml")  # type: ignore[arg-type]
    with pytest.raises(FileNotFoundError, match="nowhere"):
        sayso.extract_files(news, tmp_path / "nowhere" / "out.jsonl")
    with pytest.raises(OSError, match="it is a folder"):
        sayso.extract_files(news / "1.jsonl", news)
    (tmp_path / "out.jsonl.journal").write_text('{"journal":1,"run":"other"}\n', encoding="utf-8")
    with pytest.raises(ValueError, match="it is the journal of another run"):
        sayso.extract_files(news, tmp_path / "out.jsonl", resume=True)


def test_an_exception_of_a_listener_ends_it_and_comes_out(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(lines(ARTICLES * 3000), encoding="utf-8")

    def stop(_: sayso.Progress) -> None:
        raise LookupError("enough")

    begin = time.monotonic()
    with pytest.raises(LookupError, match="enough"):
        sayso.extract_files(tmp_path / "a.jsonl", tmp_path / "out.jsonl", progress=stop)
    assert time.monotonic() - begin < 3
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX systems")
def test_ctrl_c_ends_it_within_a_second_and_the_command_goes_on_with_it(command: Any, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(lines(ARTICLES * 6000), encoding="utf-8")
    files = f"{str(tmp_path / 'a.jsonl')!r}, {str(tmp_path / 'out.jsonl')!r}"
    script = f"import sayso\nsayso.extract_files({files}, resume=True, progress=lambda p: print(p.articles, flush=True))"
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
    assert process.stdout is not None and process.stderr is not None
    while int(process.stdout.readline()) < 200:
        pass
    process.send_signal(signal.SIGINT)
    begin = time.monotonic()
    _, complaint = process.communicate(timeout=30)
    assert time.monotonic() - begin < 1.5, "the interpreter's own end included"
    assert "KeyboardInterrupt" in complaint
    kept = (tmp_path / "out.jsonl.part").read_bytes()
    assert kept and not (tmp_path / "out.jsonl").exists()
    assert command("extract", str(tmp_path / "a.jsonl"), "--resume", "-o", str(tmp_path / "out.jsonl")).returncode == 0
    assert command("extract", str(tmp_path / "a.jsonl"), "-o", str(tmp_path / "whole.jsonl")).returncode == 0
    whole = (tmp_path / "whole.jsonl").read_bytes()
    assert (tmp_path / "out.jsonl").read_bytes() == whole and whole.startswith(kept) and len(kept) < len(whole)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_an_error_of_the_system(news: Path) -> None:
    with pytest.raises(OSError, match="No space left on device: '/dev/full'") as caught:
        sayso.extract_files(news, "/dev/full")
    assert caught.value.errno == 28
