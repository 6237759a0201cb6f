"""Statements in polars' expressions: `polars.col("text").sayso.statements()`.

It is there as soon as sayso and polars are both imported, in whichever order; polars itself is imported by nobody but its user.

>>> import polars as pl, sayso
>>> news = pl.DataFrame({"id": ["a1"], "text": ["“We lost,” said Ana Ruiz. Tam Orrel said that it rained."]})
>>> said = news.select("id", pl.col("text").sayso.statements().alias("statement")).explode("statement").unnest("statement")
>>> said.select("id", "form", "speaker", "content").rows()
[('a1', 'direct', 'Ana Ruiz', '“We lost,”'), ('a1', 'indirect', 'Tam Orrel', 'that it rained')]
"""

from __future__ import annotations

from functools import cache, partial

import polars as pl

from . import _native

__all__ = ["Statements"]


@pl.api.register_expr_namespace("sayso")
class Statements:
    """What a column of articles can be asked for: `polars.col("text").sayso`."""

    def __init__(self, column: pl.Expr) -> None:
        self._column = column

    def statements(self, *, threads: int | None = None) -> pl.Expr:
        """The statements of each article: a list of structs, with the columns of `sayso.to_table` but for `document`.

        - threads: how many to use; None for all of the machine's.

        A missing article is a missing list. Works in eager, lazy and streaming queries alike.
        """
        return self._column.map_batches(partial(_lists, threads=threads), return_dtype=_dtype(), is_elementwise=True)


def _lists(texts: pl.Series, threads: int | None) -> pl.Series:
    return pl.Series(texts.name, _native._statement_lists(texts, threads))


@cache
def _dtype() -> pl.DataType:
    return pl.Series(_native._statement_lists([])).dtype
