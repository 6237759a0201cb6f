"""sayso and other extractors on the same articles, in one run: `make peers`.

Writes benches/record/DATE-peers.csv and the table in README. README.md beside this file says what the columns mean.
"""

from __future__ import annotations

import argparse
import datetime
import subprocess
from pathlib import Path

import prepare
import table
from listed import Peer, listed
from measure import Failed, Late, Run, run
from prepare import HERE, NotToBeHad
from scoring import Gold, Scorer, gold_sets, read, together, write
from table import Result

ROOT = HERE.parents[1]
# Where a peer takes too long for all articles, every eighth is timed and scored.
PART = 8
# What a peer is given for its start-up, in seconds.
START = 900
SENTENCE = "“The bridge will open in May,” said Ana Ruiz, the mayor of Lorca."


def main() -> None:
    options = arguments()
    sets = gold_sets(options.shared, HERE)
    bench = Bench(options, sets)
    results = []
    for peer in listed(options):
        if not options.only or peer.package in options.only:
            results.append(bench.result(peer))
            print(table.line(results[-1]), flush=True)
    text = table.markdown(results, sets)
    print(f"\n{text}")
    if options.record:
        record = options.record / f"{datetime.date.today():%Y-%m-%d}-peers.csv"
        table.write_record(record, results)
        table.into_readme(ROOT / "README.md", text)
        print(f"written: {record} and the table in README.md")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="folder of the corpora")
    parser.add_argument("--sayso", type=Path, required=True, help="the command sayso")
    parser.add_argument("--peer", type=Path, required=True, help="the program sayso-peer")
    parser.add_argument("--python", type=Path, required=True, help="a Python that has sayso")
    parser.add_argument("--target", type=Path, default=ROOT / "target/peers", help="where the peers are set up")
    parser.add_argument("--patience", type=float, default=900, help="seconds that a peer is given for all articles (%(default)s)")
    parser.add_argument("--only", nargs="*", help="these packages alone")
    parser.add_argument("--record", type=Path, help="folder of the record; with it the table in README is written too")
    options = parser.parse_args()
    # A virtual environment's Python is a link and tells its environment by where it stands: it is not followed.
    for program in ("shared", "sayso", "peer", "python", "target"):
        setattr(options, program, getattr(options, program).absolute())
    return options


class Bench:
    """Articles on the disk, and what each peer makes of them."""

    def __init__(self, options: argparse.Namespace, sets: list[Gold]) -> None:
        self.target, self.sets, self.patience = options.target, sets, options.patience
        work = self.target / "run"
        work.mkdir(parents=True, exist_ok=True)
        articles = [{"id": article["id"], "text": article["text"]} for gold in sets for article in gold.articles]
        self.all = write(work / "articles.jsonl", articles)
        self.first = write(work / "first.jsonl", articles[: len(sets[0].articles)])
        self.part = write(work / "part.jsonl", articles[::PART])
        self.sentence = write(work / "sentence.jsonl", [{"id": "one", "text": SENTENCE}])
        self.found = work / "found.jsonl"
        self.scorer = Scorer(options.sayso, work)
        said = subprocess.run([options.sayso, "--version"], check=True, capture_output=True, text=True).stdout
        self.version = said.split()[1].rstrip(",")

    def result(self, peer: Peer) -> Result:
        """Sets a peer up, measures and scores it; what goes wrong stands in the result."""
        result = Result(peer, prepare.version(peer.package) or self.version)
        try:
            if peer.parses and not peer.parses.is_file():
                raise NotToBeHad(f"it reads parses, which are not at {peer.parses}")
            folder = prepare.prepare(peer.set_up, self.target) if peer.set_up else self.target
            starts = [self._call(peer, folder, self.sentence, 1, START) for _ in range(min(peer.passes, 3))]
            result.start = (min(start.passed for start in starts), min(start.worked for start in starts))
            articles = self.first if peer.parses else self.all
            try:
                self._measure(result, folder, articles, self.patience)
            except Late:
                result.notes.append(f"timed and scored on every {PART}th article, for all took more than {self.patience:.0f} s")
                articles = self.part
                self._measure(result, folder, articles, START + self.patience)
            self._score(result, articles)
        except NotToBeHad as why:
            result.trouble = f"not to be had here: {why}"
        except Failed as why:
            result.trouble = f"failed: {why}"
        return result

    def _call(self, peer: Peer, folder: Path, articles: Path, passes: int, limit: float) -> Run:
        words = [str(word) for word in peer.command(folder, articles, self.found, passes)]
        return run(words, folder, limit, peer.environment)

    def _measure(self, result: Result, folder: Path, articles: Path, limit: float) -> None:
        """Passes over the articles, of which the quickest counts."""
        peer = result.peer
        if peer.tells_passes:
            runs = [self._call(peer, folder, articles, peer.passes, limit)]
            passes = runs[0].said["passes"]
            result.tokens = runs[0].said.get("tokens", 0)
            given_up = runs[0].said.get("given_up", 0)
            if given_up:
                result.notes.append(f"gives up on {given_up} articles, with an odd number of marks")
        else:
            runs = [self._call(peer, folder, articles, 1, limit) for _ in range(peer.passes)]
            passes = [(one.passed, one.worked) for one in runs]
        result.passed, result.worked = (min(seconds) for seconds in zip(*passes))
        result.memory = max(one.memory for one in runs)
        result.megabytes = sum(len(article["text"].encode()) for article in read(articles)) / 1e6

    def _score(self, result: Result, articles: Path) -> None:
        """What it found in these articles, by what it claims."""
        if result.peer.claims == "tokens":
            return
        given = {article["id"] for article in read(articles)}
        sets = [part for part in (gold.only(given) for gold in self.sets) if part.articles]
        found = read(self.found)
        for gold in [*sets, *([together(sets)] if len(sets) > 1 else [])]:
            figures = self.scorer.figures(gold, found)
            kept = "direct spans" if result.peer.claims == "spans" else ""
            result.figures[gold.name] = {name: value for name, value in figures.items() if name.startswith(kept)}


if __name__ == "__main__":
    main()
