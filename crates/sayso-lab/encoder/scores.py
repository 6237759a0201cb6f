"""The files of scores: what an encoder thinks of every token of some articles, and of each likely cue's window.

For each article the number of its tokens, for each token the logarithms of its roles' probabilities; the number of runs, for each its tokens,
its window, and for each token of the window the logarithms. Counts are 32-bit little-endian, logarithms 16-bit, in 1/1024.
"""

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

LABELS = 7  # outside; begin and rest of source, cue, content


@dataclass
class Scores:
    """What was thought of one article: probabilities, a row a token."""

    tokens: torch.Tensor
    runs: list[torch.Tensor]


def fixed(logits: torch.Tensor) -> bytes:
    """Logits as the file has their logarithms."""
    logs = torch.log_softmax(logits.float(), dim=-1).clamp(min=-31)
    return (logs * 1024).round().to(torch.int16).numpy().astype("<i2").tobytes()


def read(path: Path) -> list[Scores]:
    """All articles of a file."""
    data, at, articles = path.read_bytes(), 0, []

    def numbers(count: int) -> tuple[int, ...]:
        nonlocal at
        at += 4 * count
        return struct.unpack_from(f"<{count}I", data, at - 4 * count)

    def rows(count: int) -> torch.Tensor:
        nonlocal at
        logs = np.frombuffer(data, "<i2", LABELS * count, at).astype(np.float32) / 1024
        at += 2 * LABELS * count
        return torch.from_numpy(logs.reshape(count, LABELS)).exp()

    while at < len(data):
        tokens = rows(*numbers(1))
        runs = []
        for _ in range(*numbers(1)):
            *_, begin, end = numbers(4)
            runs.append(rows(end - begin))
        articles.append(Scores(tokens, runs))
    return articles
