"""Gold articles, and the figures that `sayso score` gives to statements, whoever found them."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Row = dict[str, Any]


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def write(path: Path, rows: Iterable[Row]) -> Path:
    with path.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return path


@dataclass
class Gold:
    """Articles whose statements are known; `notes` say who speaks in some of them."""

    name: str
    articles: list[Row]
    notes: list[Row]

    def only(self, documents: Iterable[str]) -> Gold:
        kept = set(documents)
        return Gold(self.name, [a for a in self.articles if a["id"] in kept], [n for n in self.notes if n["doc"] in kept])


def gold_sets(shared: Path, shipped: Path) -> list[Gold]:
    """The development sets where they are, otherwise the articles that the repository has."""
    places = [("polnear-dev", shared / "data/polnear"), ("wikinews-dev", shared / "data/wikinews")]
    if all((folder / "dev.jsonl").is_file() for _, folder in places):
        return [Gold(name, read(folder / "dev.jsonl"), read(folder / "dev-speakers.jsonl")) for name, folder in places]
    return [Gold("shipped", read(shipped / "articles.jsonl"), read(shipped / "speakers.jsonl"))]


def together(sets: list[Gold]) -> Gold:
    return Gold("+".join(s.name for s in sets), [a for s in sets for a in s.articles], [n for s in sets for n in s.notes])


def is_direct(text: str, spans: list[list[int]]) -> bool:
    """Whether all words of a content stand in quotation marks, as the scorer tells it."""
    inside = "".join(text[begin:end] for begin, end in spans)
    bare = re.sub(r"[“\"«][^”\"»]*[”\"»]?", "", inside)
    return bare != inside and not re.search(r"[^\W_]", bare)


class Scorer:
    """`sayso score` on files in a folder."""

    def __init__(self, sayso: Path, folder: Path) -> None:
        self.sayso, self.folder = sayso, folder

    def figures(self, gold: Gold, found: list[Row]) -> dict[str, float]:
        """What is asked of quotations alone, of quotations with their source, and of all statements.

        Most peers name no cue, so that none is asked for, but where it says "cue too".
        """
        names = {article["id"] for article in gold.articles}
        found = [row for row in found if row["document"] in names]
        bare = Gold(gold.name, [_without(a, "source", "cue") for a in gold.articles], [])
        sourced = Gold(gold.name, [_without(a, "cue") for a in gold.articles], [])
        quoted = [
            {**a, "attributions": [x for x in a["attributions"] if is_direct(a["text"], x["content"])]} for a in sourced.articles
        ]
        of_words = self._score(bare, [{**row, "source": None, "cue": None} for row in found])
        of_sources = self._score(sourced, [{**row, "cue": None} for row in found])
        of_all = self._score(gold, found)
        of_speakers = self._score(Gold(gold.name, quoted, gold.notes), found)
        return {
            "direct spans P": of_words["statement direct"]["p"],
            "direct spans R": of_words["statement direct"]["r"],
            "direct spans F1": of_words["statement direct"]["f1"],
            "direct P": of_sources["statement direct"]["p"],
            "direct R": of_sources["statement direct"]["r"],
            "direct F1": of_sources["statement direct"]["f1"],
            "direct F1, cue too": of_all["statement direct"]["f1"],
            "direct speaker accuracy": of_speakers.get("speaker accuracy", 0.0),
            "all F1": of_sources["statement all"]["f1"],
            "all F1, cue too": of_all["statement all"]["f1"],
            "all speaker F1": of_all["speaker"]["f1"] if "speaker" in of_all else 0.0,
        }

    def _score(self, gold: Gold, found: list[Row]) -> dict[str, Any]:
        files = [
            write(self.folder / f"score-{part}.jsonl", rows)
            for part, rows in (("gold", gold.articles), ("found", found), ("notes", gold.notes))
        ]
        command = [self.sayso, "score", files[0], files[1], "--speakers", files[2], "--json"]
        return json.loads(subprocess.run([str(word) for word in command], check=True, capture_output=True).stdout)


def _without(article: Row, *roles: str) -> Row:
    return {**article, "attributions": [{**x, **dict.fromkeys(roles, [])} for x in article["attributions"]]}
