"""The Python reference is what docstrings and types say now."""

from __future__ import annotations

import reference_page
import sayso


def test_the_page_says_what_the_docstrings_say() -> None:
    assert reference_page.PAGE.read_text(encoding="utf-8") == reference_page.page(), "`make docs` writes it"


def test_every_public_name_has_a_heading() -> None:
    page = reference_page.page()
    assert [name for name in sayso.__all__ if name != "__version__" and f"\n### {name}\n" not in page] == []
    assert "sayso.extract(text: str, *, id: str | None = None) -> Document" in page
