"""What the tests of the engines share: articles, and what one machine finds in them."""

from __future__ import annotations

import pyarrow as pa
import pytest
import sayso

TYPES = {field.name: field.type for field in pa.schema(sayso.to_table([]))}
NAMES, TOWNS = ("Ana Ruiz", "Tam Orrel", "Ilse Maran", "Joren Aske"), ("Lorca", "Skerrin", "Vesmark")


def article(number: int) -> str:
    name, town = NAMES[number % 4], TOWNS[number % 3]
    return "\n\n".join(
        f"“The bridge of {town} will open on day {number + part},” said {name}, the mayor of {town}, on Tuesday. She told reporters that the "
        f"work had cost {number} crowns.\n\nThe council denied that it was late. According to Petra Lindqvist, a spokeswoman for the builders, "
        "the ferry will go on until the end of the year."
        for part in range(4)
    )


@pytest.fixture(scope="session")
def articles() -> pa.Table:
    """Enough that two cores are busy for some seconds; some articles are missing or say nothing."""
    texts = [None if n % 97 == 0 else "It rained." if n % 89 == 0 else article(n) for n in range(8000)]
    return pa.table({"key": list(range(len(texts))), "body": texts})


@pytest.fixture(scope="session")
def expected(articles: pa.Table) -> pa.Table:
    """What one machine finds, in the order of the articles."""
    return in_order(pa.table(sayso.extract_table(articles, "body", "key")))


def in_order(table: pa.Table) -> pa.Table:
    """The rows in one order, without what engines keep beside the columns."""
    table = table.sort_by([("document", "ascending"), ("index", "ascending")])
    return pa.Table.from_pylist(table.to_pylist(), schema=pa.schema([(name, TYPES[name]) for name in table.column_names]))
