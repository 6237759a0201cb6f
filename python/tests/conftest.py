"""What several tests share: the installed command, and an article with its known answer."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

ARTICLE = """LORCA: “The bridge will open in May,” said Ana Ruiz, the mayor of Lorca, on Tuesday. She told reporters that the work was late.

The ministry denied it."""


@pytest.fixture
def article() -> str:
    return ARTICLE


@pytest.fixture
def ticks_during() -> Callable[[Callable[[], object]], tuple[int, float]]:
    """Does some work, and says how often another thread came to its turn meanwhile, and how many seconds the work took."""

    def of(work: Callable[[], object]) -> tuple[int, float]:
        ticks = 0
        done = threading.Event()

        def tick() -> None:
            nonlocal ticks
            while not done.is_set():
                ticks += 1
                time.sleep(0.001)

        other = threading.Thread(target=tick)
        other.start()
        begin = time.perf_counter()
        work()
        took = time.perf_counter() - begin
        done.set()
        other.join()
        return ticks, took

    return of


@pytest.fixture(scope="session")
def command() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs the `sayso` command that the wheel installed."""
    path = shutil.which("sayso", path=str(Path(sys.executable).parent))
    assert path, "the wheel has not installed the command `sayso` beside this Python"

    def run(*arguments: str, input: str | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run([path, *arguments], input=input, capture_output=True, encoding="utf-8", timeout=120)

    return run
