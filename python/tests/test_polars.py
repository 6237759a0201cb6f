"""Statements in polars' expressions."""

from __future__ import annotations

import doctest
import subprocess
import sys

import polars as pl
import pytest
import sayso
import sayso.polars

TEXTS = ["“We lost,” said Ana Ruiz, the mayor of Lorca. She denied that it was late.", None, "It rained.", "Tam Orrel promised to sail."]


def frame() -> pl.DataFrame:
    return pl.DataFrame({"id": ["a", "b", "c", "d"], "text": TEXTS})


def test_each_article_has_its_list() -> None:
    lists = frame().select(pl.col("text").sayso.statements())["text"]
    expected = [None if text is None else [s.content.text for s in sayso.extract(text).statements] for text in TEXTS]
    assert [said if said is None else [s["content"] for s in said] for said in lists.to_list()] == expected
    assert expected[0] and len(expected[0]) == 2 and expected[2] == []


def test_the_fields_are_the_columns_of_the_table() -> None:
    [said] = frame().head(1).select(pl.col("text").sayso.statements()).to_series().to_list()
    assert list(said[0]) == list(sayso.to_table([]).column_names[1:])


@pytest.mark.parametrize("engine", ["in-memory", "streaming"])
def test_lazy_queries_know_the_type_and_give_the_same(engine: str) -> None:
    query = frame().lazy().with_columns(said=pl.col("text").sayso.statements(threads=1)).filter(pl.col("id") != "c")
    found = query.collect(engine=engine)  # type: ignore[call-overload]
    assert query.collect_schema() == found.schema
    assert found["said"].list.len().to_list() == [2, None, 1]


def test_it_works_by_group_and_over_many_chunks() -> None:
    many = pl.concat([frame()] * 200, rechunk=False)
    counted = many.group_by("id").agg(pl.col("text").sayso.statements().list.len().sum().alias("n")).sort("id")
    assert counted["n"].to_list() == [400, 0, 0, 200]


def test_a_column_that_holds_no_strings_is_a_clear_error() -> None:
    with pytest.raises(Exception, match="texts holds int64, not strings"):
        pl.DataFrame({"n": [1, 2]}).select(pl.col("n").sayso.statements())


@pytest.mark.parametrize("imports", ["import sayso, polars", "import polars, sayso", "import sayso\nfrom polars import col\nimport polars"])
def test_it_is_there_in_whichever_order_they_are_imported(imports: str) -> None:
    script = f"{imports}\nprint(polars.select(polars.lit('“We lost,” said Ana Ruiz.').sayso.statements().list.len()).item())\nimport importlib.resources\nassert polars.__spec__.loader.is_package('polars')"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", timeout=60)
    assert (done.stdout, done.stderr) == ("1\n", "")


def test_without_polars_nothing_of_it_is_imported() -> None:
    script = "import sys, sayso\nprint([name for name in ('polars', 'pyarrow', 'pandas', 'numpy', 'pyspark', 'ray') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", timeout=60)
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_its_page_runs() -> None:
    assert doctest.testmod(sayso.polars).failed == 0
