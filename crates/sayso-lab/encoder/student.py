"""Makes a student of a teacher before it learns: some of its layers, the busiest neurons of each, the word pieces that news uses, in 4 bits.

Writes OUTPUT (.safetensors) and beside it OUTPUT's vocabulary (.txt). The word pieces are not trained afterwards, so that what is lost by 4 bits
is learned around.
"""

import argparse
import json
import unicodedata
from collections import Counter
from pathlib import Path

import torch
from model import mean_of
from pieces import Pieces
from safetensors.torch import save_file

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
MOST = 7  # the largest whole number of 4 bits that has a negative beside it


def counts(paths: list[Path], cutter: Pieces) -> Counter:
    """How often each piece occurs in the articles of some files."""
    found = Counter()
    for path in paths:
        for line in path.open(encoding="utf-8"):
            article = json.loads(line)
            text = article["text"].encode()
            for begin, end in article["tokens"]:
                found.update(cutter.cut(text[begin:end].decode()))
    return found


def is_latin(piece: str) -> bool:
    return all(unicodedata.name(c, "").startswith("LATIN") for c in piece if c.isalpha())


def vocabulary(seen: Counter, cutter: Pieces, least: int, common: int) -> list[str]:
    """The pieces to keep, in their old order: those seen `least` times, the `common` most frequent words of all English, all single characters."""
    words = [p for p in cutter.number if p[0].isalpha() and len(p) > 1]
    frequent = set(words[:common])

    def wanted(piece: str, number: int) -> bool:
        letters = piece.removeprefix("##")
        return piece in SPECIAL or is_latin(letters) and (len(letters) == 1 or piece in frequent or seen[number] >= least)

    return [p for p, n in cutter.number.items() if wanted(p, n)]


def in_four_bits(rows: torch.Tensor) -> torch.Tensor:
    """Each row as whole numbers from -7 to 7 times a scale, of several scales the one that loses least."""
    most = rows.abs().amax(1, keepdim=True) / MOST
    best, least = rows, torch.full((len(rows), 1), float("inf"))
    for share in torch.linspace(0.5, 1, 11):
        scale = most * share
        now = (rows / scale).round().clamp(-MOST, MOST) * scale
        lost = (now - rows).square().sum(1, keepdim=True)
        best, least = torch.where(lost < least, now, best), torch.minimum(lost, least)
    return best


def busiest(tensors: dict[str, torch.Tensor], layer: str, count: int) -> torch.Tensor:
    """The neurons of a layer with the greatest weights in and out."""
    into = tensors[f"{layer}.intermediate.dense.weight"].norm(dim=1)
    out = tensors[f"{layer}.output.dense.weight"].norm(dim=0)
    return (into * out).topk(count).indices.sort().values


def student(teacher: dict[str, torch.Tensor], layers: list[int], inner: int, kept: torch.Tensor, longest: int) -> dict[str, torch.Tensor]:
    """The weights of the student."""
    out = {n: t for n, t in teacher.items() if not n.startswith("bert.encoder.layer.")}
    words, places = (f"bert.embeddings.{name}_embeddings.weight" for name in ("word", "position"))
    out[words] = in_four_bits(teacher[words][kept])
    out[places] = teacher[places][:longest]
    for new, old in enumerate(layers):
        source, target = f"bert.encoder.layer.{old}", f"bert.encoder.layer.{new}"
        chosen = busiest(teacher, source, inner)
        for name, tensor in teacher.items():
            if name.startswith(source + "."):
                rest = name.removeprefix(source)
                if rest.startswith(".intermediate."):
                    tensor = tensor[chosen]
                elif rest == ".output.dense.weight":
                    tensor = tensor[:, chosen]
                out[target + rest] = tensor
    return {n: t.contiguous() for n, t in out.items()}


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("teachers", type=Path, nargs="+", help="weights (.safetensors); of several, which must have begun alike, the mean is taken")
    options.add_argument("-o", "--output", type=Path, required=True)
    options.add_argument("--layers", type=int, nargs="+", default=[0, 1, 3, 5])
    options.add_argument("--inner", type=int, default=768)
    options.add_argument("--longest", type=int, default=128, help="pieces that are encoded together")
    options.add_argument("--articles", type=Path, nargs="+", required=True, help="files of encoder-data, whose pieces are counted")
    options.add_argument("--least", type=int, default=3, help="keep what occurs so often in them")
    options.add_argument("--common", type=int, default=8000, help="keep so many of the most frequent words")
    o = options.parse_args()
    teacher = mean_of(o.teachers)
    cutter = Pieces()
    pieces = vocabulary(counts(o.articles, cutter), cutter, o.least, o.common)
    kept = torch.tensor([cutter.number[p] for p in pieces])
    save_file(student(teacher, o.layers, o.inner, kept, o.longest), o.output)
    o.output.with_suffix(".txt").write_text("\n".join(pieces) + "\n", encoding="utf-8")
    print(f"{o.output}: {len(pieces)} of {len(cutter.number)} pieces, layers {o.layers} of the teacher's, {o.inner} neurons each")


if __name__ == "__main__":
    main()
