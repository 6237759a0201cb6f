"""The golden pages, as Python and the installed command see them; Rust reads the same pages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import sayso
from golden_pages import GOLDEN, Block, Line, judge_lines, judge_page, judge_statements, pages, read_page

PAGES = pages()
NAMES = [str(p.relative_to(GOLDEN).with_suffix("")) for p in PAGES]


@pytest.fixture(scope="session")
def commanded(command: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What the command finds in every article of the pages, all given to it at once as JSON Lines."""
    articles = sorted({case.article for path in PAGES for case in read_page(path)})
    file = tmp_path_factory.mktemp("golden") / "articles.jsonl"
    file.write_text("".join(json.dumps({"id": str(i), "text": a}) + "\n" for i, a in enumerate(articles)), encoding="utf-8")
    done = command("extract", "--format", "documents", str(file))
    assert (done.returncode, done.stderr) == (0, "")
    documents = [json.loads(line) for line in done.stdout.splitlines()]
    assert [d["document"] for d in documents] == [str(i) for i in range(len(articles))]
    return dict(zip(articles, documents))


def test_there_are_pages_to_read() -> None:
    assert len(PAGES) >= 10


@pytest.mark.parametrize("path", PAGES, ids=NAMES)
def test_python_reads_the_page(path: Path) -> None:
    report = judge_page(path, lambda article: sayso.extract(article).to_dict())
    assert not report, report


@pytest.mark.parametrize("path", PAGES, ids=NAMES)
def test_the_command_reads_the_page(path: Path, commanded: dict[str, dict[str, Any]]) -> None:
    report = judge_page(path, lambda article: commanded[article])
    assert not report, report


def test_to_dict_is_the_json_of_the_command(commanded: dict[str, dict[str, Any]]) -> None:
    for article, document in commanded.items():
        ours = sayso.extract(article, id=document["document"])
        assert ours.to_dict() == document
        assert list(ours.to_dict()) == list(document)
        assert [s.to_dict() for s in ours.statements] == document["statements"]
        for mine, theirs in zip(ours.to_dict()["statements"], document["statements"]):
            assert json.dumps(mine) == json.dumps(theirs), "the same keys in the same order"


def test_the_judge_names_what_does_not_hold() -> None:
    def block(*lines: str) -> Block:
        return Block("statements", 1, [Line(i, t.startswith("!"), t.lstrip("!")) for i, t in enumerate(lines, 2)])

    found = {k: ["-"] for k in ("source", "by", "addressee", "topic", "when", "where")}
    found |= {"head": ["direct assert"], "content": ["“It opens.”"], "cue": ["said (say)"], "speaker": ["Ana Ruiz | person | mayor | -"]}
    assert judge_statements(block("direct", "content: “It opens.”", "cue: said", "speaker: Ana Ruiz | person"), [found]) == []
    wrong = judge_statements(block("mixed", "content: “It opens.”", "cue: said (tell)", "speaker: Ana Ruiz | group"), [found])
    assert [number for number, _ in wrong] == [2, 4, 5]
    assert judge_statements(block("!mixed", "content: “It opens.”"), [found]) == []
    assert [n for n, _ in judge_statements(block("!direct", "content: “It opens.”"), [found])] == [2]
    assert [n for n, _ in judge_statements(block("direct", "content: the river fell"), [found])] == [1, 3]
    assert judge_statements(block("direct", "!content: the river fell"), [found]) == []
    assert judge_statements(block("!and no other"), [found]) == []
    assert [n for n, _ in judge_statements(block("!and no other"), [])] == [2]
    assert [n for n, _ in judge_lines(block("A | person", "!B | group"), ["A | person | x", "B | group | y"])] == [3]
