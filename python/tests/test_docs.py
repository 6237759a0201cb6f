"""The stub says what the module has, and docstrings run."""

from __future__ import annotations

import ast
import doctest
import inspect
import subprocess
import sys
from pathlib import Path

import pytest
import sayso
import sayso.ray
from sayso import _native

PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"
STUB = Path(sayso.__file__).with_name("_native.pyi")
CLASSES = [name for name in sayso.__all__ if inspect.isclass(getattr(sayso, name))]
EXCEPTIONS = [name for name in CLASSES if issubclass(getattr(sayso, name), Exception)]


def documented() -> dict[str, str]:
    """Each public object and member, with its docstring."""
    found = {"sayso": sayso.__doc__ or ""}
    for name in sayso.__all__:
        thing = getattr(sayso, name)
        if name.startswith("__"):
            continue
        found[name] = inspect.getdoc(thing) or ""
        if name in CLASSES and name not in EXCEPTIONS:
            for member in vars(thing):
                if not member.startswith("__"):
                    found[f"{name}.{member}"] = inspect.getdoc(getattr(thing, member)) or ""
    return found


@pytest.mark.parametrize("name", documented())
def test_docstrings_run(name: str) -> None:
    text = documented()[name]
    assert text, f"{name} has no docstring"
    test = doctest.DocTestParser().get_doctest(text, {}, name, None, 0)
    heard: list[str] = []
    failed, _ = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=heard.append)
    assert not failed, "".join(heard)


def test_the_examples_of_ray_run() -> None:
    done = doctest.testmod(sayso.ray)
    assert done.attempted and not done.failed


def test_every_class_and_function_shows_an_example() -> None:
    without = [n for n, text in documented().items() if ">>>" not in text and "." not in n and n not in EXCEPTIONS]
    assert not without


def test_the_stub_says_what_the_module_says() -> None:
    tree = ast.parse(STUB.read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, (ast.ClassDef, ast.FunctionDef)) and not node.name.startswith("_Arrow"):  # what others have
            thing = getattr(_native, node.name)
            said = inspect.getdoc(thing) or ""
            assert said.split("\n")[0] == (ast.get_docstring(node) or "").split("\n")[0], node.name
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_Arrow"):
            for member in node.body:
                if isinstance(member, ast.FunctionDef) and not member.name.startswith("__"):
                    said = inspect.getdoc(getattr(thing, member.name)) or ""
                    assert said == ast.get_docstring(member), f"{node.name}.{member.name}"


def mypy(*arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *arguments], capture_output=True, encoding="utf-8", timeout=300, cwd=Path(__file__).parent
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_stub_has_every_name_and_type() -> None:
    mypy("mypy.stubtest", "sayso._native", "--ignore-disjoint-bases", "--mypy-config-file", str(PYPROJECT))


def test_the_package_uses_its_types() -> None:
    mypy("mypy", "--strict", "--config-file", str(PYPROJECT), "-p", "sayso")


def test_the_package_says_that_it_is_typed() -> None:
    assert STUB.with_name("py.typed").exists()
