"""Statements on Ray Data."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pyarrow as pa
import pytest
import sayso.ray
from conftest import in_order

os.environ["RAY_USAGE_STATS_ENABLED"] = "0"


@pytest.fixture(scope="module")
def ray() -> Iterator[object]:
    import ray

    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, object_store_memory=200_000_000)
    yield ray
    ray.shutdown()


def test_the_rows_are_those_of_one_machine(ray: object, articles: pa.Table, expected: pa.Table) -> None:
    import ray.data

    dataset = ray.data.from_arrow([articles.slice(0, 3000), articles.slice(3000)])
    statements = sayso.ray.extract(dataset, text="body", id="key", batch_size=256)
    found = in_order(pa.concat_tables(ray.get(statements.to_arrow_refs())))
    assert found.equals(expected)


def test_a_batch_is_a_table_even_if_nobody_speaks() -> None:
    batch = pa.table({"id": ["a1"], "text": ["It rained."]})
    assert sayso.ray.statements(batch).num_rows == 0
    assert sayso.ray.statements(batch).column_names == list(sayso.to_table([]).column_names)
    with pytest.raises(ValueError, match='no column "id"; the columns are "text"; name the one that is meant: id="..."'):
        sayso.ray.statements(batch.select(["text"]))
