"""The tour, a notebook: runs it, compares what its cells show, and writes what they show into it (`--write`)."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

TOUR = Path(__file__).parents[2] / "docs" / "tour.ipynb"


def read() -> Any:
    return nbformat.read(TOUR, as_version=4)  # type: ignore[no-untyped-call]


def run() -> Any:
    """The notebook as a kernel of this Python leaves it."""
    notebook = read()
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(TOUR.parent)}}).execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)  # when it ran
    return notebook


def shown(notebook: Any) -> list[tuple[str, Any]]:
    """Each code cell with what it shows; how a page looks may change."""
    return [(cell.source, [told(out) for out in cell.outputs]) for cell in notebook.cells if cell.cell_type == "code"]


def told(output: Any) -> dict[str, Any]:
    """What a cell puts out, without styles."""
    data = output.get("data") or {part: output.get(part) for part in ("text", "ename")}
    return {kind: re.sub(r"<style>.*?</style>", "", words or "", flags=re.S) for kind, words in data.items()}


if __name__ == "__main__":
    real = run()
    if sys.argv[1:] == ["--write"]:
        nbformat.write(real, TOUR)  # type: ignore[no-untyped-call]
    else:
        print(*shown(real), sep="\n")
