"""The results as lines, as a record and as README's table."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from listed import Peer
from scoring import Gold

BEGIN, END = "<!-- peers: written by `make peers` -->", "<!-- peers end -->"


@dataclass
class Result:
    """What came of a peer; `trouble` says why nothing did."""

    peer: Peer
    version: str
    trouble: str = ""
    notes: list[str] = field(default_factory=list)
    megabytes: float = 0.0  # the articles of one pass
    passed: float = 0.0  # seconds of the quickest pass
    worked: float = 0.0  # seconds of the processor in the pass that took the fewest
    tokens: int = 0  # as the peer counts them; 0: it does not say
    memory: float = 0.0  # MB
    start: tuple[float, float] = (0.0, 0.0)  # seconds, and of the processor, of a whole run over one sentence
    figures: dict[str, dict[str, float]] = field(default_factory=dict)  # of each set

    def speed(self) -> dict[str, float]:
        """What it costs."""
        if self.trouble:
            return {}
        costs = {
            "MB": self.megabytes,
            "seconds": self.passed,
            "processor seconds": self.worked,
            "kB per second": 1e3 * self.megabytes / self.passed,
            "kB per processor second": 1e3 * self.megabytes / self.worked,
            "most memory MB": self.memory,
            "start-up seconds": self.start[0],
            "start-up processor seconds": self.start[1],
        }
        if self.tokens:
            costs |= {"tokens": self.tokens, "tokens per processor second": self.tokens / self.worked}
        return costs

    def note(self) -> str:
        return "; ".join([*([self.peer.note] if self.peer.note else []), *self.notes])


def line(result: Result) -> str:
    """A line while it runs."""
    said = result.trouble or "  ".join(f"{name} {value:,.4g}" for name, value in result.speed().items())
    found = ["  ".join(f"{name} {value}" for name, value in figures.items()) for figures in result.figures.values()]
    return "\n    ".join([f"{result.peer.name} {result.version}: {said}", *found])


def write_record(path: Path, results: Iterable[Result]) -> None:
    """A line a figure, so that a diff shows what moved."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(["peer", "version", "set", "figure", "value"])
        for result in results:
            head = [result.peer.name, result.version]
            if result.trouble:
                rows.writerow([*head, "", "trouble", result.trouble])
            for name, value in result.speed().items():
                rows.writerow([*head, "", name, f"{value:.6g}"])
            for part, figures in result.figures.items():
                rows.writerows([*head, part, name, value] for name, value in figures.items())


def markdown(results: list[Result], sets: list[Gold]) -> str:
    """The table, and what has to be known to read it."""
    articles = sum(len(gold.articles) for gold in sets)
    megabytes = sum(len(article["text"].encode()) for gold in sets for article in gold.articles) / 1e6
    names = " and ".join(gold.name for gold in sets)
    head = ["", "version", "kB/s", "kB/s passed", "tokens/s", "memory", "start-up", "spans", "direct", "speakers", "all"]
    lines = [
        f"`make peers`: {articles} articles ({names}), {megabytes:.2f} MB, on {os.cpu_count()} cores of {processor()}. kB/s and tokens/s are",
        "per second of the processor, as the system counts it for the process with all its threads; \"passed\" is by the clock, and other programs ran beside.",
        "",
        _row(head),
        _row(["---"] + ["---"] + ["---:"] * (len(head) - 2)),
        *(_row(_cells(result)) for result in results),
        "",
        *(f"- {result.peer.name}: {result.trouble or result.note()}." for result in results if result.trouble or result.note()),
    ]
    return "\n".join(lines) + "\n"


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _cells(result: Result) -> list[str]:
    if result.trouble:
        return [result.peer.name, result.version, *["-"] * 9]
    speed = result.speed()
    figures = list(result.figures.values())[-1] if result.figures else {}
    named = ("direct spans F1", "direct F1", "direct speaker accuracy", "all F1")
    tokens = speed.get("tokens per processor second")
    return [
        result.peer.name,
        result.version,
        f"{speed['kB per processor second']:,.0f}" if speed["kB per processor second"] >= 100 else f"{speed['kB per processor second']:.1f}",
        f"{speed['kB per second']:,.0f}" if speed["kB per second"] >= 100 else f"{speed['kB per second']:.1f}",
        f"{tokens:,.0f}" if tokens else "",
        f"{speed['most memory MB']:,.0f} MB",
        f"{speed['start-up processor seconds']:.2f} s",
        *(f"{figures[name]:.1f}" if name in figures else "" for name in named),
    ]


def processor() -> str:
    """The machine's processor, where Linux tells it."""
    information = Path("/proc/cpuinfo")
    named = re.search(r"^model name\s*: (.+)$", information.read_text(), re.M) if information.is_file() else None
    return named[1] if named else os.uname().machine


def into_readme(readme: Path, text: str) -> None:
    """Puts the table between its two marks."""
    page = readme.read_text(encoding="utf-8")
    begin, end = page.find(BEGIN), page.find(END)
    if not 0 <= begin < end:
        raise SystemExit(f"{readme}: the marks {BEGIN} and {END} are not there, in this order")
    readme.write_text(f"{page[: begin + len(BEGIN)]}\n{text}{page[end:]}", encoding="utf-8")
