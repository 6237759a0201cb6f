"""What the programs for Python have in common: articles in, timed passes, statements out."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any


def read_articles() -> list[dict[str, Any]]:
    """The articles that the first argument names, one a line."""
    with open(sys.argv[1], encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def run(one_pass: Callable[[], Any]) -> tuple[Any, list[list[float]]]:
    """As many passes as the third argument says: what the last found, and of each the seconds that passed and that the processor worked."""
    passes, found = [], None
    for _ in range(int(sys.argv[3])):
        begin, worked = time.perf_counter(), time.process_time()
        found = one_pass()
        passes.append([time.perf_counter() - begin, time.process_time() - worked])
    return found, passes


def finish(statements: list[dict[str, Any]], **figures: Any) -> None:
    """Writes the statements to the file that the second argument names, and prints the figures."""
    with open(sys.argv[2], "w", encoding="utf-8") as out:
        out.writelines(json.dumps(statement, ensure_ascii=False) + "\n" for statement in statements)
    print(json.dumps(figures))
