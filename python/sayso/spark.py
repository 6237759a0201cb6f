"""Statements on Spark: one row an article in, one row a statement out, in the columns of `sayso.to_table`.

    import sayso.spark
    statements = sayso.spark.extract(spark.read.parquet("s3://archive/news"))
    statements.write.parquet("s3://archive/statements")

It needs Spark 4 with pyarrow, and sayso on every worker (`pip install 'sayso[spark]'`). Each task runs on one core, batch by batch through
`mapInArrow`; a task that is lost with its worker is run again by Spark, and the same article gives the same rows. Of articles longer
than usual, let fewer come at once: `spark.sql.execution.arrow.maxRecordsPerBatch`, by default 10,000.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from . import _batches, _native

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame

__all__ = ["extract"]


def extract(df: DataFrame, text: str = "text", id: str = "id") -> DataFrame:
    """The statements of the articles in column `text`; `document` of the result is what column `id` says."""
    from pyspark.sql import functions
    from pyspark.sql.types import StringType

    _batches.require(df.columns, text, id)
    kind = df.schema[text].dataType
    if not isinstance(kind, StringType):
        raise TypeError(f'column "{text}" holds {kind.simpleString()}, not strings')

    def column(name: str) -> str:
        return "`" + name.replace("`", "``") + "`"

    articles = df.select(functions.col(column(id)).cast("string").alias("id"), functions.col(column(text)).alias("text"))
    return articles.mapInArrow(_statements, _schema())


def _statements(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
    for batch in batches:
        yield from _batches.statements(batch, "text", "id").to_batches()


def _schema() -> str:
    """The columns of a table of statements as Spark's SQL writes them."""
    import pyarrow

    return ", ".join(f"`{field.name}` {_sql(field)}" for field in pyarrow.schema(_native.to_table([])))


def _sql(field: pyarrow.Field) -> str:
    import pyarrow

    kind, types = field.type, pyarrow.types
    if types.is_list(kind):
        sql = f"array<{_sql(kind.value_field)}>"
    elif types.is_struct(kind):
        sql = f"struct<{', '.join(f'`{inner.name}`: {_sql(inner)}' for inner in kind)}>"
    else:
        sql = {pyarrow.string(): "string", pyarrow.int32(): "int", pyarrow.float64(): "double"}[kind]
    return sql
