"""What engines that work on batches of a table have in common: one batch of articles to its statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import _native

if TYPE_CHECKING:
    import pyarrow


def statements(batch: pyarrow.RecordBatch | pyarrow.Table, text: str, id: str) -> pyarrow.Table:
    """The statements of a batch, on the thread of the caller: engines run one worker a core."""
    import pyarrow

    require(batch.schema.names, text, id)
    return pyarrow.table(_native.extract_table(batch, text, id, threads=1))


def require(names: list[str], text: str, id: str) -> None:
    """Raise where a column is missing. Without ids the rows of different batches could not be told apart."""
    for keyword, name in (("text", text), ("id", id)):
        if name not in names:
            there = ", ".join(f'"{name}"' for name in names)
            raise ValueError(f'no column "{name}"; the columns are {there}; name the one that is meant: {keyword}="..."')
