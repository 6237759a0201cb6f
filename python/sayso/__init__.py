"""Finds every statement in a news article: what was said, by whom, how, to whom, when and where.

>>> import sayso
>>> doc = sayso.extract("“The bridge will open in May,” said Ana Ruiz, the mayor of Lorca.")
>>> s = doc.statements[0]
>>> s.content.text
'“The bridge will open in May,”'
>>> s.speakers[0].name, s.speakers[0].role, s.form, s.cue.lemma
('Ana Ruiz', 'mayor', 'direct', 'say')
"""

from ._native import (
    Cue,
    Document,
    Extractor,
    ModelError,
    Phrase,
    Speaker,
    Statement,
    __version__,
    extract,
    extract_all,
)

__all__ = [
    "Cue",
    "Document",
    "Extractor",
    "ModelError",
    "Phrase",
    "Speaker",
    "Statement",
    "__version__",
    "extract",
    "extract_all",
]
