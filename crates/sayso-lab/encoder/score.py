"""Reads articles with a trained encoder and writes what it thinks of them (a file of scores, see scores.py)."""

import argparse
import struct
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file

from articles import read
from model import batch, load, mean_of
from pieces import CHUNK, Pieces
from scores import fixed


class Readers:
    """The mean of the probabilities of several encoders."""

    def __init__(self, paths):
        self.models = [load(path).eval() for path in paths]

    @torch.no_grad()
    def __call__(self, b):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            read = [model(b) for model in self.models]
        mean = lambda logits: torch.stack([torch.softmax(x.float(), -1) for x in logits]).mean(0).log()  # noqa: E731
        return mean([flat for flat, _ in read]), [mean(group) for group in zip(*(anchored for _, anchored in read))]


def blend(paths, folder):
    """A file with the mean of the weights of several, which must have begun alike."""
    save_file(mean_of(paths), folder / "blend.safetensors")
    return folder / "blend.safetensors"


def write(articles, readers, file, cutter, judge):
    for i, article in enumerate(articles):
        b = batch([article], cutter)
        flat, anchored = readers(i)(b)
        judge.add(flat, anchored, b)
        runs = [b""] * len(article.runs)
        for logits, g in zip(anchored, b.groups):
            for at, (_, r) in enumerate(g.which):
                run = article.runs[r]
                begin, end = run.window
                runs[r] = struct.pack("<4I", *run.tokens, begin, end) + fixed(logits[at, : end - begin])
        file.write(struct.pack("<I", len(article.pieces)) + fixed(flat) + struct.pack("<I", len(runs)) + b"".join(runs))


class Judge:
    """Loss and token F1 of each role, of all tokens and of all pairs of cue and token."""

    def __init__(self):
        self.loss, self.count = np.zeros(2), np.zeros(2)
        self.right, self.gold, self.found = (np.zeros((2, 7)) for _ in range(3))

    def add(self, flat, anchored, b):
        self.add_one(0, flat, b.labels)
        for logits, g in zip(anchored, b.groups):
            self.add_one(1, logits[g.mask], g.labels[g.mask])

    def add_one(self, kind, logits, labels):
        self.loss[kind] += torch.nn.functional.cross_entropy(logits.float(), labels, reduction="sum").item()
        self.count[kind] += len(labels)
        role, found = (labels + 1) // 2, (logits.argmax(-1) + 1) // 2
        for r in range(1, 4):
            self.gold[kind, r] += int((role == r).sum())
            self.found[kind, r] += int((found == r).sum())
            self.right[kind, r] += int(((found == r) & (role == r)).sum())

    def __str__(self):
        f1 = 200 * self.right[:, 1:4] / (self.gold[:, 1:4] + self.found[:, 1:4])
        lines = []
        for kind, name in enumerate(("tags", "pairs")):
            s, q, c = f1[kind]
            lines.append(f"{name}: loss {self.loss[kind] / self.count[kind]:.4f}, F1 source {s:.1f} cue {q:.1f} content {c:.1f}")
        return "; ".join(lines)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("data", type=Path, help="the folder that encoder-data wrote, where the scores go, too")
    options.add_argument("--set", required=True, help="polnear-dev, ...")
    options.add_argument("--weights", type=Path, nargs="+", required=True, help="one file or several whose probabilities are averaged")
    options.add_argument("--folds", action="store_true", help="the n-th file reads the articles whose number has remainder n by the number of files")
    options.add_argument("--blend", action="store_true", help="average the weights of the files, not their probabilities")
    options.add_argument("--vocabulary", type=Path, help="vocab.txt of a student")
    options.add_argument("--longest", type=int, default=CHUNK, help="pieces that are encoded together")
    options.add_argument("--part", type=int, nargs=2, metavar=("BEGIN", "END"), help="these articles alone; files of parts can be joined")
    options.add_argument("--threads", type=int, default=1)
    o = options.parse_args()
    torch.set_num_threads(o.threads)
    cutter = Pieces(o.vocabulary)
    articles = read(o.data / f"{o.set}.jsonl", cutter, o.longest)
    begin, end = o.part or (0, len(articles))
    if o.folds:
        each = [Readers([w]) for w in o.weights]
        readers = lambda i: each[i % len(each)]  # noqa: E731
    else:
        all_of_them = Readers([blend(o.weights, o.data)] if o.blend else o.weights)
        readers = lambda _: all_of_them  # noqa: E731
    judge = Judge()
    with (o.data / f"{o.set}.scores").open("wb") as file:
        write(articles[begin:end], lambda i: readers(begin + i), file, cutter, judge)
    print(f"{o.set}: {judge}")


if __name__ == "__main__":
    main()
