"""Finds every statement in a news article: what was said, by whom, how, to whom, when and where.

>>> import sayso
>>> doc = sayso.extract("“The bridge will open in May,” said Ana Ruiz, the mayor of Lorca.")
>>> s = doc.statements[0]
>>> s.content.text
'“The bridge will open in May,”'
>>> s.speakers[0].name, s.speakers[0].role, s.form, s.cue.lemma
('Ana Ruiz', 'mayor', 'direct', 'say')

`extract` and `extract_all` give documents; `to_table` and `extract_table` give tables for pyarrow, pandas, polars and duckdb; `read`
and `extract_files` work on files. Where polars is imported, its columns have `.sayso.statements()`; `sayso.spark` and `sayso.ray`
do the same on those engines.
"""

from . import _imports
from ._native import (
    Article,
    Articles,
    Cue,
    Document,
    Extractor,
    InputWarning,
    ModelError,
    Phrase,
    Progress,
    Speaker,
    Statement,
    Summary,
    Table,
    __version__,
    extract,
    extract_all,
    extract_files,
    extract_table,
    read,
    to_table,
)

__all__ = [
    "Article",
    "Articles",
    "Cue",
    "Document",
    "Extractor",
    "InputWarning",
    "ModelError",
    "Phrase",
    "Progress",
    "Speaker",
    "Statement",
    "Summary",
    "Table",
    "__version__",
    "extract",
    "extract_all",
    "extract_files",
    "extract_table",
    "read",
    "to_table",
]

_imports.follow("polars", "sayso.polars")
