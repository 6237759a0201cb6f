"""Every link from one document of the repository to another, and to a heading in it, leads somewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted(page for folder in (".", "docs", "benches", "benches/peers", "crates/*") for page in ROOT.glob(f"{folder}/*.md"))


def parse(page: Path) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(page.read_text(encoding="utf-8"))


def targets(tokens: list[Token]) -> Iterator[tuple[int, str]]:
    """What a document links to and shows, with the line of the paragraph."""
    for token in tokens:
        for inner in token.children or []:
            target = inner.attrs.get("href") or inner.attrs.get("src")
            if target:
                yield (token.map or [0])[0] + 1, str(target)


def anchors(page: Path) -> set[str]:
    """The headings of a document, as a link names them on GitHub."""
    tokens, times = parse(page), Counter[str]()
    found = set()
    for opening, heading in zip(tokens, tokens[1:]):
        if opening.type == "heading_open":
            words = "".join(t.content for t in heading.children or [] if t.type in ("text", "code_inline"))
            name = re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")
            found.add(f"{name}-{times[name]}" if times[name] else name)
            times[name] += 1
    return found


def broken(page: Path) -> list[str]:
    """A line for each link of a document that leads nowhere."""
    found = []
    for line, target in targets(parse(page)):
        parts = urlsplit(target)
        if parts.scheme or parts.netloc:
            continue
        there = (page.parent / unquote(parts.path)).resolve() if parts.path else page
        if not there.exists():
            found.append(f"{page.name}, line {line}: {target}: there is no such file")
        elif parts.fragment and there.suffix == ".md" and parts.fragment not in anchors(there):
            found.append(f"{page.name}, line {line}: {target}: its headings are {', '.join(sorted(anchors(there)))}")
    return found


def test_there_are_documents() -> None:
    assert {"README.md", "CONTRIBUTING.md", "RELEASING.md", "concepts.md", "NOTES.md", "MODEL_CARD.md"} <= {page.name for page in DOCUMENTS}


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: str(page.relative_to(ROOT)))
def test_its_links_lead_somewhere(page: Path) -> None:
    assert broken(page) == []


def test_a_link_to_nowhere_is_told(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "# The `sayso` command, in brief\n\n[here](#the-sayso-command-in-brief) [out](https://x.example/none)\n\n"
        "| |\n|---|\n| [not](#here) |\n\n![none](none.png)\n\n`[code](code.md)`\n",
        encoding="utf-8",
    )
    told = broken(page)
    assert [line.split(":")[0] for line in told] == ["page.md, line 7", "page.md, line 9"] and "none.png" in told[1]
