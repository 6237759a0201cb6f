"""What several tests share: the installed command, and an article with its known answer."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ARTICLE = """LORCA: “The bridge will open in May,” said Ana Ruiz, the mayor of Lorca, on Tuesday. She told reporters that the work was late.

The ministry denied it."""


@pytest.fixture
def article() -> str:
    return ARTICLE


@pytest.fixture(scope="session")
def command() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs the `sayso` command that the wheel installed."""
    path = shutil.which("sayso", path=str(Path(sys.executable).parent))
    assert path, "the wheel has not installed the command `sayso` beside this Python"

    def run(*arguments: str, input: str | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run([path, *arguments], input=input, capture_output=True, encoding="utf-8", timeout=120)

    return run
