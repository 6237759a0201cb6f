"""The blocks of README and of the pages do what they say; `make readme` writes the real output into them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import sayso
from readme_blocks import PAGES, README, Block, blocks, rewritten, run_console, session, shown

RUN = [page for page in PAGES if blocks(page)]


def test_readme_shows_the_command_and_the_package() -> None:
    there = blocks(README)
    assert any(b.kind == "console" and "cargo run --release -p sayso-cli -- extract examples/briefing.txt" in b.text for b in there)
    assert any(b.kind == "python" and ">>> import sayso" in b.text for b in there)


def test_there_are_pages_to_run() -> None:
    assert {"README", "concepts", "quick-start", "recipes", "tables-in-python"} <= {page.stem for page in RUN}


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("page", RUN, ids=lambda page: page.stem)
def test_a_page_says_what_is_true(page: Path) -> None:
    assert page.read_text(encoding="utf-8") == rewritten(page), "`make readme` writes the real output into the page"


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_wrong_output_would_be_noticed() -> None:
    assert run_console("$ echo one; test -t 1 && echo two\nthree\n") == "$ echo one; test -t 1 && echo two\none\ntwo\n"
    with session() as typed:
        assert typed.run(">>> one = 1\n>>> one + 1\n3\n") == ">>> one = 1\n>>> one + 1\n2\n"
        assert typed.run(">>> for i in (one, 2):\n...     print(i)\n... \n") == ">>> for i in (one, 2):\n...     print(i)\n... \n1\n2\n"
        assert typed.run(">>> open('examples/briefing.txt').read(8)\n") == ">>> open('examples/briefing.txt').read(8)\n'Osterlan'\n"


def test_a_wrong_statement_would_be_noticed() -> None:
    document = sayso.extract("“We lost,” said Ana Ruiz, the mayor of Lorca. Tam Orrel denied that it rained.").to_dict()
    real = shown(Block("statements", "mixed deny\n  resolved_by: none\n  speaker: -\n", 0, 0), document)
    assert real.startswith("direct assert\n  speaker: Ana Ruiz | person | mayor | Lorca\n  resolved_by: name\nindirect deny\n  content: ")
    assert real.endswith("\n  where: -\n"), "of a statement that the page does not have, all is shown"
    assert shown(Block("speakers", "", 0, 0), document) == "Ana Ruiz | person | mayor | Lorca\nTam Orrel | person | - | -\n"
