"""Packs trained weights (.safetensors) into the one file that sayso-encoder reads; its format is described in crates/sayso-encoder/src/weights/mod.rs."""

import argparse
import json
import zlib
from pathlib import Path

import numpy as np
from safetensors import safe_open

from pieces import weights_folder

FEW = 7  # the largest whole number of 4 bits that has a negative beside it
MOST = 127  # the largest whole number of 8 bits that has a negative beside it


class Packer:
    """Gathers settings and tensors, and writes them."""

    def __init__(self, made_from: str, few: bool = False):
        self.few = few
        self.header = [f"made-from {made_from}"]
        self.body: list[bytes] = []

    def set(self, name: str, value: float):
        self.header.append(f"set {name} {value:.9g}")

    def row(self, name: str, values: np.ndarray):
        """A vector, in 32 bits."""
        self._add(name, "f32", 1, values.size, [values.astype("<f4")])

    def matrix(self, name: str, values: np.ndarray):
        """A matrix, in 8 bits with a scale for each row."""
        rows, columns = values.shape
        scales = (np.abs(values).max(axis=1) / MOST).astype("<f4")
        whole = np.rint(values / np.where(scales > 0, scales, 1)[:, None])
        self._add(name, "i8", rows, columns, [scales, np.clip(whole, -MOST, MOST).astype("i1")])

    def halves(self, name: str, values: np.ndarray):
        """A matrix in 4 bits with a scale for each row, two numbers to a byte; its rows must be whole numbers from -7 to 7 times a scale."""
        rows, columns = values.shape
        scales = (np.abs(values).max(axis=1) / FEW).astype("<f4")
        whole = np.rint(values / np.where(scales > 0, scales, 1)[:, None])
        if np.abs(whole * scales[:, None] - values).max() > 1e-5:
            raise SystemExit(f"{name}: its values are not in 4 bits: make the student with student.py")
        whole = np.pad(whole.astype("i1"), ((0, 0), (0, columns % 2))).view("u1") & 15
        self._add(name, "i4", rows, columns, [scales, whole[:, 0::2] | whole[:, 1::2] << 4])

    def text(self, name: str, words: str):
        data = words.encode()
        self._add(name, "text", 1, len(data), [np.frombuffer(data, "u1")])

    def _add(self, name, kind, rows, columns, parts):
        if any(part.dtype.kind == "f" and not np.isfinite(part).all() for part in parts):
            raise SystemExit(f"{name}: a weight is not a number; train again")
        self.header.append(f"tensor {name} {kind} {rows} {columns}")
        self.body += [part.tobytes() for part in parts]

    def write(self, path: Path) -> int:
        body = b"".join(self.body)
        header = ["sayso-encoder 1", *self.header, f"checksum {zlib.adler32(body):08x}", "end", ""]
        path.write_bytes("\n".join(header).encode() + body)
        return path.stat().st_size


def linear(packer: Packer, name: str, weights: list[np.ndarray], shifts: list[np.ndarray]):
    """A linear map, or several of the same input at once."""
    packer.matrix(f"{name}.weight", np.concatenate(weights))
    packer.row(f"{name}.shift", np.concatenate(shifts))


def layer(packer: Packer, name: str, tensors, prefix: str):
    """A BERT layer."""

    def put(target, *sources):
        linear(packer, f"{name}.{target}", [tensors[f"{prefix}.{s}.weight"] for s in sources], [tensors[f"{prefix}.{s}.bias"] for s in sources])

    def norm(target, source):
        packer.row(f"{name}.{target}.scale", tensors[f"{prefix}.{source}.weight"])
        packer.row(f"{name}.{target}.shift", tensors[f"{prefix}.{source}.bias"])

    put("project", *(f"attention.self.{part}" for part in ("query", "key", "value")))
    put("collect", "attention.output.dense")
    norm("collect_norm", "attention.output.LayerNorm")
    put("widen", "intermediate.dense")
    put("narrow", "output.dense")
    norm("narrow_norm", "output.LayerNorm")


def encoder(packer: Packer, tensors, vocabulary: str, heads: int, epsilon: float):
    """The embeddings and the layers; the tensors' names begin with "bert." or not at all."""
    bert = "bert." if any(name.startswith("bert.") for name in tensors) else ""
    table = lambda name: tensors[f"{bert}embeddings.{name}.weight"]  # noqa: E731
    layers = 1 + max(int(name.split(".layer.")[1].split(".")[0]) for name in tensors if name.startswith(f"{bert}encoder.layer."))
    words = table("word_embeddings")
    pieces = vocabulary.rstrip("\n").split("\n")
    if len(pieces) != len(words):
        raise SystemExit(f"the vocabulary has {len(pieces)} pieces, the table {len(words)} rows")
    packer.set("layers", layers)
    packer.set("width", words.shape[1])
    packer.set("heads", heads)
    packer.set("inner", tensors[f"{bert}encoder.layer.0.intermediate.dense.weight"].shape[0])
    packer.set("epsilon", epsilon)
    packer.text("vocabulary", "\n".join(pieces))
    (packer.halves if packer.few else packer.matrix)("words", words)
    packer.matrix("places", table("position_embeddings") + table("token_type_embeddings")[0])
    for name in ("quoted", "shapes"):
        if f"{name}.weight" in tensors:
            packer.matrix(name, tensors[f"{name}.weight"])
    packer.row("norm.scale", table("LayerNorm"))
    packer.row("norm.shift", tensors[f"{bert}embeddings.LayerNorm.bias"])
    for n in range(layers):
        layer(packer, f"layer.{n}", tensors, f"{bert}encoder.layer.{n}")


def heads(packer: Packer, tensors, count: int, epsilon: float):
    """The flat head, and the anchored one with `count` attention heads, if the weights have them."""
    linear(packer, "flat", [tensors["flat.weight"]], [tensors["flat.bias"]])
    names = [f"anchored.layers.{n}" for n in range(8) if f"anchored.layers.{n}.output.dense.weight" in tensors]
    packer.set("anchored.layers", len(names))
    packer.set("anchored.width", tensors["anchored.dense.weight"].shape[0])
    packer.set("anchored.heads", count)
    packer.set("anchored.inner", tensors[f"{names[0]}.intermediate.dense.weight"].shape[0])
    packer.set("anchored.epsilon", epsilon)
    for name in ("token", "cue"):
        sources = (f"anchored.{name}", f"anchored.{name}_factor")
        linear(packer, f"anchored.{name}", [tensors[f"{s}.weight"] for s in sources], [tensors[f"{s}.bias"] for s in sources])
    packer.matrix("anchored.distance", tensors["anchored.distance.weight"])
    packer.matrix("anchored.same", tensors["anchored.same.weight"])
    packer.row("anchored.norm.scale", tensors["anchored.norm.weight"])
    packer.row("anchored.norm.shift", tensors["anchored.norm.bias"])
    for n, name in enumerate(names):
        layer(packer, f"anchored.layer.{n}", tensors, name)
    for name in ("dense", "out"):
        linear(packer, f"anchored.{name}", [tensors[f"anchored.{name}.weight"]], [tensors[f"anchored.{name}.bias"]])


def read(path: Path) -> dict[str, np.ndarray]:
    with safe_open(path, framework="numpy") as file:
        return {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("weights", type=Path, help="the trained weights (.safetensors)")
    options.add_argument("-o", "--output", type=Path, required=True)
    options.add_argument("--vocabulary", type=Path, help="vocab.txt; else the pretrained one's")
    options.add_argument("--config", type=Path, help="config.json; else the pretrained one's")
    options.add_argument("--made-from", default="", help="one sentence for the header")
    options.add_argument("--narrow-heads", type=int, default=4, help="attention heads of the anchored head's layers")
    options.add_argument("--student", action="store_true", help="a student of student.py: the word pieces in 4 bits")
    o = options.parse_args()
    config = json.loads((o.config or weights_folder() / "config.json").read_text(encoding="utf-8"))
    vocabulary = (o.vocabulary or weights_folder() / "vocab.txt").read_text(encoding="utf-8")
    packer = Packer(o.made_from or o.weights.name, o.student)
    tensors = read(o.weights)
    epsilon = config.get("layer_norm_eps", 1e-12)
    encoder(packer, tensors, vocabulary, config["num_attention_heads"], epsilon)
    if "flat.weight" in tensors:
        heads(packer, tensors, o.narrow_heads, epsilon)
    print(f"{o.output}: {packer.write(o.output):,} bytes")


if __name__ == "__main__":
    main()
