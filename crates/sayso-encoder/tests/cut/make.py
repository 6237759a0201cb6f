"""Writes how the package `tokenizers` cuts some texts with an invented vocabulary: python make.py"""

import random
import tempfile
from pathlib import Path

from tokenizers import BertWordPieceTokenizer

HERE = Path(__file__).parent
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
LETTERS = "aeiklmnorst"
WORDS = "the mayor of lorca said that bridge would open in may no nos nosotros 20 25 水 橋 é # ## a1 α σ и й 𝄞 😀".split()
STRANGE = ["\u200b", "\u00ad", "\u0301", "É", "ñ", "İ", "ß", "ﬁ", "Å", "한", "水", "橋", "\u3000", "\u00a0", "\u2028", "\x00", "\ufffd", "“", "”", "—", "…",
           "😀", "👩‍👧", "Σ", "й", "\t", "\x1f", "$", "^", "`", "|", "~", "_", "½", "№", "\ue000", "𝄞"]  # fmt: skip


def main():
    random.seed(11)
    marks = list("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~“”—…")
    endings = ["##" + e for e in [*LETTERS, "s", "ed", "ing", "or", "ors", "ta", "tal", "##"]]
    vocabulary = list(dict.fromkeys(SPECIAL + WORDS + marks + list(LETTERS) + endings))
    (HERE / "vocabulary.txt").write_text("\n".join(vocabulary) + "\n", encoding="utf-8")
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write("\n".join(vocabulary))
        file.flush()
        cutter = BertWordPieceTokenizer(file.name, lowercase=True)
    lines = []
    for n in range(600):
        words = []
        for _ in range(random.randint(0, 12)):
            word = random.choice(WORDS) if random.random() < 0.5 else "".join(random.choices(LETTERS, k=random.choice([1, 3, 6, 9, 120])))
            if random.random() < 0.3:
                word = random.choice([word.upper(), word.title()])
            for _ in range(random.choice([0, 0, 1, 2])):
                at = random.randint(0, len(word))
                word = word[:at] + random.choice(STRANGE + marks) + word[at:]
            words.append(word)
        text = random.choice([" ", "  ", "\n"]).join(words)
        found = cutter.encode(text, add_special_tokens=False)
        byte = lambda char: len(text[:char].encode())  # noqa: E731
        pieces = " ".join(f"{i},{byte(b)},{byte(e)}" for i, (b, e) in zip(found.ids, found.offsets))
        escaped = text.encode().hex()
        lines.append(f"{escaped}\t{pieces}")
    (HERE / "expected.tsv").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
