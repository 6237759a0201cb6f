"""What benches/peers counts on: its articles are annotated as it says, and the scorer is asked as its README says."""

from __future__ import annotations

import shutil
import sys
import sysconfig
from pathlib import Path

import pytest

PEERS = Path(__file__).parents[2] / "benches/peers"
sys.path.insert(0, str(PEERS))

import scoring  # noqa: E402
import table  # noqa: E402


@pytest.fixture
def gold():
    (shipped,) = scoring.gold_sets(Path("/nowhere"), PEERS)
    return shipped


@pytest.fixture
def scorer(tmp_path):
    sayso = shutil.which("sayso", path=sysconfig.get_path("scripts"))
    assert sayso, "the wheel installs the command"
    return scoring.Scorer(Path(sayso), tmp_path)


def statements(gold, **changes):
    """The gold statements as a peer would have found them."""
    speakers = {(note["doc"], note["id"]): [{"name": name} for name in note["speakers"]] for note in gold.notes}
    return [
        {"document": a["id"], "speakers": speakers[a["id"], x["id"]], **{r: {"spans": x[r]} for r in ("content", "cue", "source")}, **changes}
        for a in gold.articles
        for x in a["attributions"]
    ]


def test_the_shipped_articles_are_annotated(gold):
    for article in gold.articles:
        for x in article["attributions"]:
            for begin, end in x["content"] + x["cue"] + x["source"]:
                words = article["text"][begin:end]
                assert words and words == words.strip(), (article["id"], x["id"], words)
    assert {(n["doc"], n["id"]) for n in gold.notes} == {(a["id"], x["id"]) for a in gold.articles for x in a["attributions"]}


def test_all_found_is_all_right(gold, scorer):
    assert set(scorer.figures(gold, statements(gold)).values()) == {100.0}


def test_a_part_of_the_articles_is_scored_by_itself(gold, scorer):
    part = gold.only([gold.articles[0]["id"]])
    assert len(part.articles) == 1 and {note["doc"] for note in part.notes} == {gold.articles[0]["id"]}
    assert scorer.figures(part, statements(gold))["all F1"] == 100.0


def test_nobody_loses_for_naming_no_cue(gold, scorer):
    figures = scorer.figures(gold, statements(gold, cue=None))
    assert figures["direct F1"] == figures["direct spans F1"] == figures["all F1"] == 100.0
    assert figures["direct F1, cue too"] == figures["all F1, cue too"] == 0.0


def test_quotations_alone_are_scored_as_spans(gold, scorer):
    figures = scorer.figures(gold, statements(gold, cue=None, source=None, speakers=[]))
    assert figures["direct spans F1"] == 100.0
    assert figures["direct F1"] == figures["direct speaker accuracy"] == 0.0


def test_the_table_goes_between_its_marks(tmp_path):
    page = tmp_path / "README.md"
    page.write_text(f"# a\n\n{table.BEGIN}\nold\n{table.END}\n\nb\n", encoding="utf-8")
    table.into_readme(page, "new\n")
    table.into_readme(page, "newer\n")
    assert page.read_text(encoding="utf-8") == f"# a\n\n{table.BEGIN}\nnewer\n{table.END}\n\nb\n"
