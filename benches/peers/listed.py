"""The peers: how each is set up and called, and what it claims to give."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import prepare
from prepare import HERE

# Of a folder where the peer was set up, articles, the statements to write, and the passes: the words of a command.
Command = Callable[[Path, Path, Path, int], Sequence[object]]


@dataclass
class Peer:
    """A program that reads articles and writes statements, in passes over all articles."""

    name: str
    package: str
    claims: str  # "tokens", "spans" or "speakers": what it gives, and so what it is scored on
    command: Command
    passes: int
    set_up: Callable[[Path], None] | None = None
    note: str = ""
    environment: dict[str, str] = field(default_factory=dict)
    parses: Path | None = None  # a file that it reads beside the articles; it has something to say of the first set alone
    tells_passes: bool = True  # it times its passes itself; otherwise a pass is a process


def listed(options: argparse.Namespace) -> list[Peer]:
    """In the order of the table."""
    silver = options.shared / "data/polnear-silver/dev.conll.xz"

    def library(threads: int, model: str = "fast") -> Command:
        return lambda _folder, articles, found, passes: [options.peer, articles, found, passes, threads, model]

    def by_python(python: Path | None, program: str, *more: object) -> Command:
        return lambda folder, articles, found, passes: [
            python or folder / "bin/python", HERE / "python" / program, articles, found, passes, *more
        ]  # fmt: skip

    def by_node(program: str) -> Command:
        return lambda _folder, articles, found, passes: ["node", HERE / "node" / program, articles, found, passes]

    def command(_folder: Path, articles: Path, found: Path, _passes: int) -> Sequence[object]:
        return [options.sayso, "extract", "--quiet", "--threads", 1, "--format", "jsonl", "--output", found, articles]

    def corenlp(folder: Path, articles: Path, found: Path, passes: int) -> Sequence[object]:
        return ["java", "-Xmx6g", "-cp", f"{folder / 'lib'}/*:{folder / 'classes'}", "Corenlp", articles, found, passes]

    return [
        Peer("sayso, one thread", "sayso", "speakers", library(1), 7),
        Peer("sayso, two threads", "sayso", "speakers", library(2), 7, environment={"RAYON_NUM_THREADS": "2"}),
        Peer("sayso, accurate model", "sayso", "speakers", library(1, "accurate"), 2, note="one thread"),
        Peer("sayso, Python", "sayso", "speakers", by_python(options.python, "sayso_python.py"), 7, note="one thread"),
        Peer("sayso, command", "sayso", "speakers", command, 7, note="one thread; each pass with its start-up and files", tells_passes=False),
        Peer("CoreNLP", "corenlp", "speakers", corenlp, 1, prepare.corenlp, "one pass, one thread"),
        Peer("textacy", "textacy", "speakers", by_python(None, "textacy_silver.py", silver), 7, prepare.python, "its rules alone, over parses that were there", parses=silver),
        Peer("compromise", "compromise", "spans", by_node("compromise.mjs"), 3, prepare.node, "quotations, no speakers"),
        Peer("wink-nlp", "wink-nlp", "tokens", by_node("wink.mjs"), 15, prepare.node, "tokens, sentences and tags alone"),
        Peer("spaCy, blank", "spacy", "tokens", by_python(None, "spacy_blank.py"), 15, prepare.python, "tokens alone"),
    ]  # fmt: skip
