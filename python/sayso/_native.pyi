"""The native part of sayso; import `sayso` instead."""

from collections.abc import Callable, Iterable, Iterator
from os import PathLike
from typing import Any, Literal, Protocol, TypeAlias, final

__version__: str
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
    "_Column",
    "_restore",
    "_run_command",
    "_statement_lists",
    "extract",
    "extract_all",
    "extract_files",
    "extract_table",
    "read",
    "to_table",
]

_Form = Literal["direct", "mixed", "indirect"]
_Act = Literal[
    "assert", "ask", "answer", "urge", "commit", "accuse", "praise", "deny", "admit", "predict", "think", "show", "other"
]
_Kind = Literal["person", "unnamed", "group", "organization", "document", "unknown"]
_ResolvedBy = Literal["name", "pronoun", "description", "continuation", "none"]

_InputFormat = Literal["text", "html", "jsonl", "json", "csv", "tsv", "parquet", "warc"]
_OutputFormat = Literal["jsonl", "documents", "csv", "parquet", "annotations", "html", "text"]
_Path: TypeAlias = str | PathLike[str]

class _ArrowArray(Protocol):
    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]: ...

class _ArrowStream(Protocol):
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

_Arrow: TypeAlias = _ArrowArray | _ArrowStream

class InputWarning(UserWarning):
    """An input, or a record of it, that cannot be read; says which, what was found and what to do. What follows is read."""

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
        """What the speaker is: "person", "unnamed", "group", "organization", "document" or "unknown"."""
    @property
    def role(self) -> str | None:
        """The speaker's office or work, "mayor"; None where the text does not tell."""
    @property
    def affiliation(self) -> str | None:
        """The place or body that the speaker belongs to, "Lorca"; None where the text does not tell."""
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
        """How much of the content stands in quotation marks: "direct" (all), "mixed" (part of it) or "indirect" (none)."""
    @property
    def act(self) -> _Act:
        """What the source does: "assert", "ask", "answer", "urge", "commit", "accuse", "praise", "deny", "admit", "predict", "think", "show" or "other"."""
    @property
    def content(self) -> Phrase:
        """What was said, quotation marks and a leading "that" included."""
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
        """A calibrated probability, 0 to 1, that content and source are right."""
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
        """How a notebook shows it: who speaks, and the text with its statements marked."""
    def __repr__(self) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, tuple[str, str]]: ...

@final
class Extractor:
    """Finds statements with one model; `sayso.extract` and its like use the fast one."""

    def __new__(cls, model: str | PathLike[str] | None = None) -> Extractor: ...
    @property
    def model(self) -> str | None:
        """The name of the model, or the path of its file; None if none was given."""
    def extract(self, text: str, *, id: str | None = None) -> Document:
        """The statements of one article, like `sayso.extract`."""
    def extract_all(self, texts: Iterable[str], threads: int | None = None, *, ids: Iterable[str] | None = None) -> list[Document]:
        """The statements of many articles, like `sayso.extract_all`."""
    def to_table(
        self, texts: Iterable[str] | _Arrow, ids: Iterable[str] | _Arrow | None = None, *, threads: int | None = None
    ) -> Table:
        """The statements of many articles as a table, like `sayso.to_table`."""
    def extract_table(self, table: _Arrow, text: str = "text", id: str | None = "id", *, threads: int | None = None) -> Table:
        """The statements of a table's articles as a table, like `sayso.extract_table`."""
    def __repr__(self) -> str: ...
    def __reduce__(self) -> tuple[Any, tuple[str | None]]: ...

@final
class Table:
    """One row a statement, in the columns of `sayso extract --format parquet`."""

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names of the columns."""
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...
    def __arrow_c_schema__(self) -> object: ...
    def __len__(self) -> int: ...
    def __repr__(self) -> str: ...

@final
class _Column:
    """One column that other libraries read without a copy."""

    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]: ...
    def __len__(self) -> int: ...

@final
class Article:
    """An article as it was read from a file."""

    @property
    def id(self) -> str:
        """Its id field, else its path (a file) or `path#N` (line, row or record N)."""
    @property
    def text(self) -> str:
        """The article; of a page, what was taken out of it."""
    @property
    def title(self) -> str | None:
        """The title that came with it beside its text, if any."""
    @property
    def date(self) -> str | None:
        """When it was published, as the record says it, if it does."""
    @property
    def byline(self) -> str | None:
        """Who wrote it, as a page or a record says beside the text, if it does."""
    @property
    def language(self) -> str | None:
        """The language that a page or a record says it is in, "en-GB", if it does."""
    def __repr__(self) -> str: ...

@final
class Articles:
    """The articles of some files, one after another; what `sayso.read` gives."""

    @property
    def passed_over(self) -> int:
        """How many articles were passed over so far because they are not in the language that is wanted."""
    def __iter__(self) -> Iterator[Article]: ...
    def __next__(self) -> Article: ...

@final
class Summary:
    """What `sayso.extract_files` did."""

    @property
    def articles(self) -> int:
        """Articles whose statements are written."""
    @property
    def statements(self) -> int:
        """Statements written."""
    @property
    def errors(self) -> int:
        """Inputs and records that could not be read."""
    @property
    def passed_over(self) -> int:
        """Articles passed over because they are in another language."""
    def __repr__(self) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class Progress:
    """How far a run of `sayso.extract_files` has come."""

    @property
    def articles(self) -> int:
        """Articles whose statements are written."""
    @property
    def statements(self) -> int:
        """Statements written."""
    @property
    def bytes_read(self) -> int:
        """Bytes read, before they are unpacked."""
    @property
    def bytes_total(self) -> int | None:
        """Bytes to read in all; None where nobody knows."""
    def __repr__(self) -> str: ...

def extract(text: str, *, id: str | None = None) -> Document:
    """The statements of one article, found with the fast English model."""

def extract_all(texts: Iterable[str], threads: int | None = None, *, ids: Iterable[str] | None = None) -> list[Document]:
    """The statements of many articles, found with the fast English model in parallel, in their order."""

def to_table(texts: Iterable[str] | _Arrow, ids: Iterable[str] | _Arrow | None = None, *, threads: int | None = None) -> Table:
    """The statements of many articles as a table, one row a statement, found with the fast English model in parallel."""

def extract_table(table: _Arrow, text: str = "text", id: str | None = "id", *, threads: int | None = None) -> Table:
    """The statements of a table's articles as a table, one row a statement, found with the fast English model in parallel."""

def read(
    paths: _Path | Iterable[_Path],
    *,
    input_format: _InputFormat | None = None,
    text_field: str = "text",
    id_field: str = "id",
    title_field: str = "title",
    date_field: str = "date",
    language: Literal["en", "any"] = "en",
    max_article: int = 16777216,
    on_error: Callable[[str], object] | None = None,
) -> Articles:
    """The articles of files and folders, in every format that the command reads, one after another."""

def extract_files(
    paths: _Path | Iterable[_Path],
    out: _Path,
    format: _OutputFormat | None = None,
    *,
    model: Literal["fast", "accurate"] = "fast",
    resume: bool = False,
    progress: Callable[[Progress], object] | None = None,
    on_error: Callable[[str], object] | None = None,
    offsets: Literal["chars", "bytes", "utf16"] = "chars",
    threads: int | None = None,
    safe_csv: bool = False,
    input_format: _InputFormat | None = None,
    text_field: str = "text",
    id_field: str = "id",
    title_field: str = "title",
    date_field: str = "date",
    language: Literal["en", "any"] = "en",
    max_article: int = 16777216,
) -> Summary:
    """Writes the statements of files and folders to a file, as the command `sayso extract` does, and says what it did."""

def _statement_lists(texts: Iterable[str] | _Arrow, threads: int | None = None) -> _Column:
    """The statements of each text as a list, all columns but the document's: what polars' expressions give."""

def _restore(text: str, article: str) -> Document:
    """A document from its pickle."""

def _run_command(arguments: list[str]) -> int:
    """Runs the `sayso` command with its arguments, the program's name first, and returns its exit status."""
