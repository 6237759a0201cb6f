"""What is done once another package is imported, and never if it is not."""

from __future__ import annotations

import contextlib
import importlib
import importlib.abc
import importlib.util
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType


def follow(name: str, ours: str) -> None:
    """Import our module `ours` right after the package `name`; at once if that is imported already."""
    if name in sys.modules:
        _import(ours)
    else:
        sys.meta_path.insert(0, _Watcher(name, ours))


def _import(ours: str) -> None:
    # Whoever imports that package must get it, also in a version that ours does not know.
    with contextlib.suppress(ImportError, AttributeError):
        importlib.import_module(ours)


class _Watcher(importlib.abc.MetaPathFinder):
    """Finds nothing itself: it sees that the package is about to be imported."""

    def __init__(self, name: str, ours: str) -> None:
        self.name, self.ours, self.asking = name, ours, False

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if fullname != self.name or self.asking:
            return None
        self.asking = True
        try:
            spec = importlib.util.find_spec(fullname)
        finally:
            self.asking = False
        if spec is not None and spec.loader is not None:
            with contextlib.suppress(AttributeError, TypeError):
                self.watch(spec.loader)
        return spec

    def watch(self, loader: importlib.abc.Loader) -> None:
        execute = loader.exec_module

        def exec_module(module: ModuleType) -> None:
            loader.exec_module = execute  # type: ignore[method-assign]
            with contextlib.suppress(ValueError):
                sys.meta_path.remove(self)
            execute(module)
            _import(self.ours)

        loader.exec_module = exec_module  # type: ignore[method-assign]
