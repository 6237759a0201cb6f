"""The tour is a notebook that does what it shows."""

from __future__ import annotations

import notebook


def test_every_cell_shows_what_it_says() -> None:
    told, real = notebook.shown(notebook.read()), notebook.shown(notebook.run())
    assert len(told) > 5 and all(outputs for _, outputs in told), "`make readme` writes what the cells show"
    for (source, expected), (_, found) in zip(told, real, strict=True):
        assert found == expected, f"{source}\n\n`make readme` writes what it shows now"


def test_the_document_shows_itself() -> None:
    [page] = [out["text/html"] for _, outputs in notebook.shown(notebook.read()) for out in outputs if "text/html" in out]
    assert "<mark class=\"said direct" in page and "<script" not in page
