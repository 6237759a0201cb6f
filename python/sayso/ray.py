"""Statements on Ray Data: one row an article in, one row a statement out, in the columns of `sayso.to_table`.

    import ray, sayso.ray
    statements = sayso.ray.extract(ray.data.read_parquet("s3://archive/news"))
    statements.write_parquet("s3://archive/statements")

It needs Ray Data with pyarrow, and sayso on every node (`pip install 'sayso[ray]'`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import _batches

if TYPE_CHECKING:
    import pyarrow
    from ray.data import Dataset

__all__ = ["extract", "statements"]


def extract(dataset: Dataset, text: str = "text", id: str = "id", **options: Any) -> Dataset:
    """The statements of the articles in column `text`; `document` of the result is what column `id` says.

    - options: what else `Dataset.map_batches` is told, such as `batch_size` or `concurrency`.
    """
    return dataset.map_batches(
        statements, batch_format="pyarrow", zero_copy_batch=True, fn_kwargs={"text": text, "id": id}, **options
    )


def statements(batch: pyarrow.Table, text: str = "text", id: str = "id") -> pyarrow.Table:
    """The statements of one batch: what `Dataset.map_batches` calls with `batch_format="pyarrow"`.

    >>> import pyarrow, sayso.ray
    >>> batch = pyarrow.table({"id": ["a1"], "text": ["“We lost,” said Ana Ruiz."]})
    >>> sayso.ray.statements(batch).select(["document", "speaker"]).to_pylist()
    [{'document': 'a1', 'speaker': 'Ana Ruiz'}]
    """
    return _batches.statements(batch, text, id)
