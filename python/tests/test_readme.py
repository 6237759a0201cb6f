"""The blocks of README and of the pages do what they say; `make readme` writes the real output into them."""

from __future__ import annotations

import os

import pytest
from readme_blocks import PAGES, README, Block, blocks, run, run_console, run_session

BLOCKS = {f"{page.stem}-{block.kind}-{i}": block for page in PAGES for i, block in enumerate(blocks(page))}


def test_readme_shows_the_command_and_the_package() -> None:
    shown = blocks(README)
    assert any(b.kind == "console" and "cargo run --release -p sayso-cli -- extract examples/briefing.txt" in b.text for b in shown)
    assert any(b.kind == "python" and ">>> import sayso" in b.text for b in shown)


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_says_what_is_true(name: str) -> None:
    block: Block = BLOCKS[name]
    assert run(block) == block.text, "`make readme` writes the real output into the page"


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_wrong_output_would_be_noticed() -> None:
    assert run_console("$ echo one; test -t 1 && echo two\nthree\n") == "$ echo one; test -t 1 && echo two\none\ntwo\n"
    assert run_session(">>> 1 + 1\n3\n>>> for i in (1, 2):\n...     print(i)\n... \n") == ">>> 1 + 1\n2\n>>> for i in (1, 2):\n...     print(i)\n... \n1\n2\n"
