"""Writes the mean of the probabilities of several files of scores (see scores.py), of the same articles by different encoders."""

import argparse
import struct
from pathlib import Path

import numpy as np

from scores import Walk


def same(walks: list[Walk], count: int) -> tuple[int, ...]:
    """The next numbers, which all files must share."""
    found = {walk.numbers(count) for walk in walks}
    if len(found) > 1:
        names = ", ".join(str(walk.path) for walk in walks)
        raise SystemExit(f"{names}: other articles or other cues at byte {walks[0].at}: {found}; score them all from the same data")
    return found.pop()


def mean(walks: list[Walk], shares: list[float] | None, count: int) -> bytes:
    """The logarithms of the weighted mean of the next rows."""
    rows = np.average([np.exp(walk.rows(count).astype(np.float64)) for walk in walks], axis=0, weights=shares)
    logs = np.log(rows / rows.sum(1, keepdims=True)).clip(min=-31)
    return np.rint(logs * 1024).astype("<i2").tobytes()


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("scores", type=Path, nargs="+", help="files of scores")
    options.add_argument("--shares", type=float, nargs="+", help="how much each counts; else all the same")
    options.add_argument("-o", "--output", type=Path, required=True)
    o = options.parse_args()
    if o.shares and len(o.shares) != len(o.scores):
        options.error(f"--shares has {len(o.shares)} numbers for {len(o.scores)} files")
    walks = [Walk(path) for path in o.scores]
    with o.output.open("wb") as file:
        while not walks[0].ended():
            (tokens,) = same(walks, 1)
            file.write(struct.pack("<I", tokens) + mean(walks, o.shares, tokens))
            (runs,) = same(walks, 1)
            file.write(struct.pack("<I", runs))
            for _ in range(runs):
                run = same(walks, 4)
                file.write(struct.pack("<4I", *run) + mean(walks, o.shares, run[3] - run[2]))


if __name__ == "__main__":
    main()
