"""Writes a tiny encoder of random weights, and what its formulas give in 64 bits: python make.py

The formulas are written out here once more, in plain numpy and one sequence at a time, apart from the crate's code.
"""

import math
import sys
from pathlib import Path

import numpy as np

sys.path.append(str(Path(__file__).parents[3] / "sayso-lab" / "encoder"))
from pack import Packer, encoder, heads  # noqa: E402

HERE = Path(__file__).parent
WIDTH, HEADS, INNER, NARROW = 32, 2, 48, 32
VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *"abcdefgh", *(f"##{c}" for c in "abcdefgh")]
random = np.random.default_rng(7)
tensors: dict[str, np.ndarray] = {}


def matrix(name: str, rows: int, columns: int, size: float):
    """A matrix that 8 bits hold exactly, so that the file has the same weights."""
    whole = random.integers(-127, 128, (rows, columns))
    whole[:, 0] = 127
    scale = np.float32(size / 127) * random.uniform(0.5, 1, (rows, 1)).astype("f4")
    tensors[f"{name}.weight"] = (whole * scale.astype("f8")).astype("f4")


def linear(name: str, rows: int, columns: int):
    matrix(name, rows, columns, 2.5 / math.sqrt(columns))
    tensors[f"{name}.bias"] = random.normal(0, 0.3, rows).astype("f4")


def norm(name: str, width: int):
    tensors[f"{name}.weight"] = random.uniform(0.5, 1.5, width).astype("f4")
    tensors[f"{name}.bias"] = random.normal(0, 0.2, width).astype("f4")


def layer(name: str, width: int, inner: int):
    for part in ("query", "key", "value"):
        linear(f"{name}.attention.self.{part}", width, width)
    linear(f"{name}.attention.output.dense", width, width)
    norm(f"{name}.attention.output.LayerNorm", width)
    linear(f"{name}.intermediate.dense", inner, width)
    linear(f"{name}.output.dense", width, inner)
    norm(f"{name}.output.LayerNorm", width)


def build():
    matrix("bert.embeddings.word_embeddings", len(VOCABULARY), WIDTH, 1)
    matrix("bert.embeddings.position_embeddings", 24, WIDTH, 0.5)
    matrix("bert.embeddings.token_type_embeddings", 2, WIDTH, 0)
    matrix("quoted", 4, WIDTH, 0.5)
    matrix("shapes", 3, WIDTH, 0.5)
    norm("bert.embeddings.LayerNorm", WIDTH)
    for n in range(2):
        layer(f"bert.encoder.layer.{n}", WIDTH, INNER)
    linear("flat", 7, WIDTH)
    for part in ("token", "cue", "token_factor", "cue_factor"):
        linear(f"anchored.{part}", NARROW, WIDTH)
    matrix("anchored.distance", 49, NARROW, 0.5)
    matrix("anchored.same", 2, NARROW, 0.5)
    norm("anchored.norm", NARROW)
    layer("anchored.layers.0", NARROW, 32)
    linear("anchored.dense", NARROW, NARROW)
    linear("anchored.out", 7, NARROW)


def apply(name, x):
    return x @ tensors[f"{name}.weight"].astype("f8").T + tensors[f"{name}.bias"]


def normalized(name, x):
    x = x - x.mean(-1, keepdims=True)
    return x / np.sqrt((x * x).mean(-1, keepdims=True) + 1e-12) * tensors[f"{name}.weight"] + tensors[f"{name}.bias"]


def gelu(x):
    return x * 0.5 * (1 + np.vectorize(math.erf)(x / math.sqrt(2)))


def run_layer(name, x, count):
    query, key, value = (apply(f"{name}.attention.self.{p}", x).reshape(len(x), count, -1) for p in ("query", "key", "value"))
    seen = []
    for h in range(count):
        logits = query[:, h] @ key[:, h].T / math.sqrt(query.shape[2])
        shares = np.exp(logits - logits.max(1, keepdims=True))
        seen.append(shares / shares.sum(1, keepdims=True) @ value[:, h])
    x = normalized(f"{name}.attention.output.LayerNorm", x + apply(f"{name}.attention.output.dense", np.concatenate(seen, 1)))
    wide = gelu(apply(f"{name}.intermediate.dense", x))
    return normalized(f"{name}.output.LayerNorm", x + apply(f"{name}.output.dense", wide))


def encode(symbols):
    table = lambda name: tensors[f"{name}.weight"].astype("f8")  # noqa: E731
    piece, quoted, shape = symbols.T
    x = table("bert.embeddings.word_embeddings")[piece] + table("quoted")[quoted] + table("shapes")[shape]
    x = x + table("bert.embeddings.position_embeddings")[: len(piece)]
    x = normalized("bert.embeddings.LayerNorm", x)
    for n in range(2):
        x = run_layer(f"bert.encoder.layer.{n}", x, HEADS)
    return x


def distance(cue, token):
    steps = max(cue[0] - token, token - cue[1] + 1, 0)
    if steps == 0:
        return 0
    k = steps if steps <= 16 else 17 + sum(far < steps for far in (24, 32, 48, 64, 96, 128, 256))
    return 2 * k - 1 if token < cue[0] else 2 * k


def anchored(h, cue, window, sentence):
    c = h[cue[0] : cue[1]].mean(0)
    x = h[window[0] : window[1]]
    x = apply("anchored.token", x) + apply("anchored.cue", c) + apply("anchored.token_factor", x) * apply("anchored.cue_factor", c)
    for i, token in enumerate(range(*window)):
        same = int(sentence[0] <= token < sentence[1])
        x[i] += tensors["anchored.distance.weight"][distance(cue, token)] + tensors["anchored.same.weight"][same]
    x = run_layer("anchored.layers.0", normalized("anchored.norm", x), 1)
    return apply("anchored.out", gelu(apply("anchored.dense", x)))


def logarithms(logits):
    shifted = logits - logits.max(-1, keepdims=True)
    return np.maximum(shifted - np.log(np.exp(shifted).sum(-1, keepdims=True)), -31)


def main():
    build()
    packer = Packer("random numbers")
    encoder(packer, tensors, "\n".join(VOCABULARY), HEADS, 1e-12)
    heads(packer, tensors, 1, 1e-12)
    packer.write(HERE / "weights.bin")
    show = lambda values: " ".join(f"{v:.6f}" for v in values)  # noqa: E731
    lines, hidden = [], []
    for length in (1, 24, 7, 17):
        symbols = np.stack([random.integers(0, n, length) for n in (len(VOCABULARY), 4, 3)], 1)
        hidden.append(encode(symbols))
        lines.append("sequence " + " ".join(",".join(map(str, s)) for s in symbols))
        lines += ["vector " + show(v) for v in hidden[-1]]
    h = np.concatenate(hidden)
    lines += ["flat " + show(v) for v in logarithms(apply("flat", h))]
    for cue, window, sentence in (((3, 4), (0, 12), (2, 9)), ((20, 23), (0, 49), (18, 30)), ((48, 49), (48, 49), (40, 49))):
        lines.append("window " + " ".join(f"{b},{e}" for b, e in (cue, window, sentence)))
        lines += ["role " + show(v) for v in logarithms(anchored(h, cue, window, sentence))]
    (HERE / "expected.txt").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
