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


class Walk:
    """A file of scores, read from front to back."""

    def __init__(self, path: Path):
        self.path, self.data, self.at = path, path.read_bytes(), 0

    def numbers(self, count: int) -> tuple[int, ...]:
        """The next counts or places."""
        self.at += 4 * count
        return struct.unpack_from(f"<{count}I", self.data, self.at - 4 * count)

    def rows(self, count: int) -> np.ndarray:
        """The logarithms of the next rows."""
        logs = np.frombuffer(self.data, "<i2", LABELS * count, self.at).astype(np.float32) / 1024
        self.at += 2 * LABELS * count
        return logs.reshape(count, LABELS)

    def ended(self) -> bool:
        return self.at >= len(self.data)


def read(path: Path) -> list[Scores]:
    """All articles of a file."""
    walk, articles = Walk(path), []
    probabilities = lambda count: torch.from_numpy(walk.rows(count)).exp()  # noqa: E731
    while not walk.ended():
        tokens = probabilities(*walk.numbers(1))
        runs = []
        for _ in range(*walk.numbers(1)):
            *_, begin, end = walk.numbers(4)
            runs.append(probabilities(end - begin))
        articles.append(Scores(tokens, runs))
    return articles
