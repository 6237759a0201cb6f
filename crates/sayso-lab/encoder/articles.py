"""Articles as `sayso-lab encoder-data` writes them, made ready for the encoder."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pieces import CHUNK, Pieces, chunks

NEAR = 16  # tokens told apart by their exact distance to the cue
FAR = (24, 32, 48, 64, 96, 128, 256)
DISTANCES = 2 * (NEAR + len(FAR) + 1) + 1


@dataclass
class Run:
    tokens: tuple[int, int]
    window: tuple[int, int]
    labels: np.ndarray


@dataclass
class Article:
    id: str
    size: int
    pieces: list[tuple[int, ...]]
    chunks: list[list[tuple[int, int]]]
    quoted: np.ndarray
    shapes: np.ndarray
    sentence: np.ndarray
    labels: np.ndarray
    runs: list[Run]


def digits(text: str) -> np.ndarray:
    return np.frombuffer(text.encode(), dtype=np.uint8).astype(np.int64) - 48


def shape(token: str) -> int:
    """0 no capital first, 1 a capital first, 2 several letters, all capitals."""
    if not token[:1].isupper():
        return 0
    return 2 if len(token) > 1 and token.isupper() else 1


def distance(tokens: tuple[int, int], window: tuple[int, int]) -> np.ndarray:
    """For each token of the window the class of its distance to the run: 0 inside, odd before, even after."""
    at = np.arange(*window)
    before, after = tokens[0] - at, at - tokens[1] + 1
    steps = np.maximum(np.maximum(before, after), 0)
    klass = np.where(steps <= NEAR, steps, NEAR + 1 + np.searchsorted(np.array(FAR), steps, side="left"))
    return np.where(steps == 0, 0, np.where(before > 0, 2 * klass - 1, 2 * klass))


def read(path: Path, pieces: Pieces, longest: int = CHUNK) -> list[Article]:
    """The articles of a file, in chunks of at most `longest` pieces."""
    with path.open(encoding="utf-8") as lines:
        return [article(json.loads(line), pieces, longest) for line in lines]


def article(line: dict, cutter: Pieces, longest: int) -> Article:
    text = line["text"].encode()
    tokens = [text[b:e].decode() for b, e in line["tokens"]]
    pieces = [cutter.cut(t) for t in tokens]
    sentence = np.zeros(len(tokens), dtype=np.int64)
    for i, (begin, end) in enumerate(line["sentences"]):
        sentence[begin:end] = i
    return Article(
        id=line["id"],
        size=sum(map(len, pieces)),
        pieces=pieces,
        chunks=chunks(pieces, line["paragraphs"], line["sentences"], longest),
        quoted=digits(line["quoted"]),
        shapes=np.array([shape(t) for t in tokens]),
        sentence=sentence,
        labels=digits(line["labels"]),
        runs=[Run(tuple(r["tokens"]), tuple(r["window"]), digits(r["labels"])) for r in line["runs"]],
    )
