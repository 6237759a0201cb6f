"""The native part of sayso; import `sayso` instead."""

from collections.abc import Iterable
from os import PathLike
from typing import Any, Literal, final

__version__: str
__all__ = [
    "Cue",
    "Document",
    "Extractor",
    "ModelError",
    "Phrase",
    "Speaker",
    "Statement",
    "__version__",
    "_restore",
    "_run_command",
    "extract",
    "extract_all",
]

_Form = Literal["direct", "mixed", "indirect"]
_Act = Literal[
    "assert", "ask", "answer", "urge", "commit", "accuse", "praise", "deny", "admit", "predict", "think", "show", "other"
]
_Kind = Literal["person", "unnamed", "group", "organization", "document", "unknown"]
_ResolvedBy = Literal["name", "pronoun", "description", "continuation", "none"]

class ModelError(Exception):
    """A model file that cannot be used; says what was found in it and what to do."""

@final
class Phrase:
    """Words of the article and where they stand."""

    @property
    def text(self) -> str:
        """The words; those of several spans joined by " … "."""
    @property
    def spans(self) -> list[tuple[int, int]]:
        """(begin, end) of each span in code points, ascending."""
    def to_dict(self) -> dict[str, Any]:
        """The phrase as in the JSON: {"text", "spans"}."""
    def __str__(self) -> str: ...
    def __repr__(self) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Cue:
    """The words that signal a statement."""

    @property
    def text(self) -> str:
        """The words, "has said"."""
    @property
    def lemma(self) -> str:
        """The main word's lemma, "say"."""
    @property
    def spans(self) -> list[tuple[int, int]]:
        """(begin, end) of each span in code points, ascending."""
    def to_dict(self) -> dict[str, Any]:
        """The cue as in the JSON: {"text", "lemma", "spans"}."""
    def __str__(self) -> str: ...
    def __repr__(self) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Speaker:
    """Somebody or something that makes statements in an article."""

    @property
    def id(self) -> int:
        """The article's own number for this speaker: the same in every statement."""
    @property
    def name(self) -> str:
        """The fullest name that the article gives."""
    @property
    def kind(self) -> _Kind:
        """"person", "unnamed", "group", "organization", "document" or "unknown"."""
    @property
    def role(self) -> str | None:
        """"mayor"; None where the text does not tell."""
    @property
    def affiliation(self) -> str | None:
        """"Lorca"; None where the text does not tell."""
    @property
    def mentions(self) -> list[tuple[int, int]]:
        """Where the article names or refers to the speaker: (begin, end) in code points, ascending."""
    def to_dict(self) -> dict[str, Any]:
        """The speaker as in the JSON of `sayso extract --format documents`."""
    def __repr__(self) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Statement:
    """One thing that somebody is reported to have said, written, asked, promised, denied, thought or shown."""

    @property
    def index(self) -> int:
        """Its number in the article, from 0, in the order of the text."""
    @property
    def form(self) -> _Form:
        """"direct" (all of the content stands in quotation marks), "mixed" (part of it) or "indirect" (none)."""
    @property
    def act(self) -> _Act:
        """What the source does: "assert", "ask", "answer", "urge", "commit", "accuse", "praise", "deny", "admit", "predict", "think", "show" or "other"."""
    @property
    def content(self) -> Phrase:
        """What was said, quotation marks included."""
    @property
    def cue(self) -> Cue | None:
        """The words that signal it, "said"; None where there are none."""
    @property
    def source(self) -> Phrase | None:
        """The words that name who said it; None where there are none."""
    @property
    def speakers(self) -> tuple[Speaker, ...]:
        """Who said it; empty where the text does not tell."""
    @property
    def resolved_by(self) -> _ResolvedBy:
        """How the source was resolved to its speaker: "name", "pronoun", "description", "continuation" or "none"."""
    @property
    def addressee(self) -> Phrase | None:
        """To whom it was said, "reporters"; None where the text does not tell."""
    @property
    def topic(self) -> Phrase | None:
        """What it was about: in "Asked about the bridge, she said ...", "the bridge"; None where the text does not tell."""
    @property
    def when(self) -> Phrase | None:
        """When it was said, "on Tuesday"; None where the text does not tell."""
    @property
    def where(self) -> Phrase | None:
        """Where it was said, "at a rally in Lorca"; None where the text does not tell."""
    @property
    def confidence(self) -> float:
        """A probability, 0 to 1, that content and source are right."""
    def to_dict(self) -> dict[str, Any]:
        """The statement as the JSON of `sayso extract --format jsonl`."""
    def __repr__(self) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Document:
    """One article: its text, its statements, and who made them."""

    @property
    def text(self) -> str:
        """The article as it was given; a lone surrogate, which is no character, has become U+FFFD."""
    @property
    def id(self) -> str | None:
        """The id that it was given, if any."""
    @property
    def title(self) -> str | None:
        """The headline found in the text, if it has one."""
    @property
    def dateline(self) -> str | None:
        """The dateline, "KABUL, Afghanistan (AP)", if it has one."""
    @property
    def credit(self) -> str | None:
        """The credit line, "Agencies", if it has one."""
    @property
    def language(self) -> str:
        """The language that it was read as: "en"."""
    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements, in the order of the text."""
    @property
    def speakers(self) -> tuple[Speaker, ...]:
        """Who speaks in it, in the order of first mention."""
    def to_dict(self) -> dict[str, Any]:
        """The article as the JSON of `sayso extract --format documents`."""
    def _repr_html_(self) -> str:
        """How a notebook shows it: the text with its statements marked."""
    def __repr__(self) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, tuple[str, str]]: ...

@final
class Extractor:
    """Finds statements with one model; use `sayso.extract` unless the model is your own."""

    def __new__(cls, model: str | PathLike[str] | None = None) -> Extractor: ...
    @property
    def model(self) -> str | None:
        """The path of the model file; None for the English model that is built in."""
    def extract(self, text: str, *, id: str | None = None) -> Document:
        """The statements of one article."""
    def extract_all(self, texts: Iterable[str], threads: int | None = None, *, ids: Iterable[str] | None = None) -> list[Document]:
        """The statements of many articles, in their order; threads: how many to use, None for all of the machine's."""
    def __repr__(self) -> str: ...
    def __reduce__(self) -> tuple[Any, tuple[str | None]]: ...

def extract(text: str, *, id: str | None = None) -> Document:
    """The statements of one article, found with the English model."""

def extract_all(texts: Iterable[str], threads: int | None = None, *, ids: Iterable[str] | None = None) -> list[Document]:
    """The statements of many articles, found with the English model in parallel, in their order."""

def _restore(text: str, article: str) -> Document:
    """A document from its pickle."""

def _run_command(arguments: list[str]) -> int:
    """Runs the `sayso` command with its arguments, the program's name first, and returns its exit status."""
