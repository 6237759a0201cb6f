"""docs/python.md: writes it from the docstrings of the package and the types of its stub (`--write`)."""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import sayso

PACKAGE = Path(sayso.__file__).parent
PAGE = Path(__file__).parents[2] / "docs" / "python.md"
WIDEST = 120

HEAD = """# Python reference

<!-- Written by `make docs` from the docstrings and types of the package; do not edit. -->

{about}

Offsets count code points, as Python does. In the signatures, `Arrow` is a table, a column or a stream of pyarrow, pandas, polars, duckdb or another library that
speaks the [Arrow PyCapsule interface](https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html), and what stands behind `*` is given by name. Every
example with `>>>` is run by a test. [Tables in Python](tables-in-python.md) and [the tour](tour.ipynb) show more of it at work.
"""

# What needs a library that is not always there is read, not imported.
ENGINES = {"sayso.polars": "In polars", "sayso.spark": "On Spark", "sayso.ray": "On Ray"}


class Stub:
    """The types that the stub gives, and the words for its own names of types."""

    def __init__(self, source: str) -> None:
        body = ast.parse(source).body
        self.nodes = {node.name: node for node in body if isinstance(node, (ast.ClassDef, ast.FunctionDef))}
        self.types = {"_Path": "str | PathLike[str]", "_Arrow": "Arrow"}
        for node in body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and ast.unparse(node.value).startswith("Literal["):
                self.types[node.targets[0].id] = "str"  # the words are in the docstring

    def type(self, node: ast.expr | None) -> str:
        return re.sub(r"\b_\w+", lambda m: self.types.get(m[0], m[0]), ast.unparse(node)) if node else "None"

    def signature(self, name: str, node: ast.FunctionDef, result: bool = True) -> str:
        of = node.args
        given = [None] * (len(of.args) - len(of.defaults)) + list(of.defaults)
        parts = [self.parameter(a, default) for a, default in zip(of.args, given) if a.arg not in ("self", "cls")]
        if of.kwonlyargs:
            parts += ["*", *map(self.parameter, of.kwonlyargs, of.kw_defaults)]
        if of.kwarg:
            parts.append(f"**{self.parameter(of.kwarg, None)}")
        end = f") -> {self.type(node.returns)}" if result else ")"
        line = f"{name}({', '.join(parts)}{end}"
        return line if len(line) <= WIDEST else "\n".join([f"{name}(", *(f"    {part}," for part in parts), end])

    def parameter(self, node: ast.arg, default: ast.expr | None) -> str:
        typed = f"{node.arg}: {self.type(node.annotation)}"
        return typed if default is None else f"{typed} = {ast.unparse(default)}"


def page() -> str:
    stub = Stub((PACKAGE / "_native.pyi").read_text(encoding="utf-8"))
    public = {name: getattr(sayso, name) for name in sayso.__all__ if not name.startswith("__")}
    functions = [name for name, thing in public.items() if not inspect.isclass(thing)]
    errors = [name for name, thing in public.items() if inspect.isclass(thing) and issubclass(thing, Exception)]
    classes = [name for name in public if name not in functions + errors]
    parts = [HEAD.format(about=markdown(sayso.__doc__ or "")), contents(functions + classes + errors)]
    parts.append("## Functions\n")
    parts += [part for name in functions for part in function(stub, name, inspect.getdoc(public[name]) or "")]
    parts.append("## Classes\n")
    parts += [part for name in classes for part in described_class(stub, name)]
    parts.append("## Errors and warnings\n")
    parts += [f"### {name}\n\n{inspect.getdoc(public[name])}\n" for name in errors]
    parts += [part for module, title in ENGINES.items() for part in engine(stub, module, title)]
    return "\n".join(parts)


def contents(names: list[str]) -> str:
    rows = [f"| [`{name}`](#{name.lower()}) | {first_sentence(inspect.getdoc(getattr(sayso, name)) or '')} |" for name in names]
    return "\n".join(["| | |", "|---|---|", *rows, ""])


def function(stub: Stub, name: str, docstring: str) -> Iterator[str]:
    node = stub.nodes[name]
    assert isinstance(node, ast.FunctionDef)
    yield f"### {name}\n\n{python(stub.signature(f'sayso.{name}', node))}\n\n{markdown(docstring)}\n"


def described_class(stub: Stub, name: str) -> Iterator[str]:
    node = stub.nodes[name]
    assert isinstance(node, ast.ClassDef)
    methods = {m.name: m for m in node.body if isinstance(m, ast.FunctionDef)}
    made = f"{python(stub.signature(f'sayso.{name}', methods['__new__'], result=False))}\n\n" if "__new__" in methods else ""
    yield f"### {name}\n\n{made}{markdown(inspect.getdoc(getattr(sayso, name)) or '')}\n"
    own = [m for m in methods.values() if not m.name.startswith("_")]
    short = [m for m in own if len(m.args.args + m.args.kwonlyargs) == 1]  # attributes, and methods of self alone
    if short:
        rows = [f"| `{called(m)}` | {cell(f'`{stub.type(m.returns)}`')} | {cell(ast.get_docstring(m) or '')} |" for m in short]
        yield "\n".join(["| | | |", "|---|---|---|", *rows, ""])
    for m in own:
        if m not in short:
            yield f"#### {name}.{m.name}\n\n{python(stub.signature(m.name, m))}\n\n{ast.get_docstring(m)}\n"


def called(node: ast.FunctionDef) -> str:
    return node.name if node.decorator_list else f"{node.name}()"


def engine(stub: Stub, module: str, title: str) -> Iterator[str]:
    tree = ast.parse((PACKAGE / f"{module.split('.')[1]}.py").read_text(encoding="utf-8"))
    yield f"## {title}\n\n{markdown(ast.get_docstring(tree) or '')}\n"
    for node in tree.body:
        members = node.body if isinstance(node, ast.ClassDef) else [node]
        prefix = 'polars.col("text").sayso' if isinstance(node, ast.ClassDef) else module
        for m in members:
            if isinstance(m, ast.FunctionDef) and not m.name.startswith("_"):
                yield f"{python(stub.signature(f'{prefix}.{m.name}', m))}\n\n{markdown(ast.get_docstring(m) or '')}\n"


def python(code: str) -> str:
    return f"```py\n{code}\n```"


def markdown(docstring: str) -> str:
    """A docstring with its sessions and its indented code as blocks."""
    parts = []
    for part in re.split(r"\n\n", docstring.strip()):
        if part.startswith(">>>"):
            part = f"```pycon\n{part}\n```"
        elif part.startswith("    "):
            part = python(inspect.cleandoc(part))
        parts.append(part)
    return "\n\n".join(parts)


def first_sentence(docstring: str) -> str:
    return cell(docstring.split("\n\n")[0].replace("\n", " "))


def cell(words: str) -> str:
    return words.replace("|", "\\|")


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        PAGE.write_text(page(), encoding="utf-8")
    else:
        sys.stdout.write(page())
