"""The blocks of README and of the pages in docs: runs them, compares their output, and writes the real output into them.

A `console` block is commands after "$ " with their output, run in the repository's root as on a terminal of 80 columns.
The `python` blocks of a page are one interactive session (">>> "), in a folder of its own where `examples` is.
A `statements` or `speakers` block is what is found in the `article` block before it: of each statement form, act, and the keys that the
page names. Rust blocks are run by `cargo test --doc -p sayso-tests`, and the console blocks of the pages, which need files, by
`cargo test -p sayso-cli --test corpora pages`.
"""

from __future__ import annotations

import code
import contextlib
import io
import os
import re
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

import sayso
from golden_pages import KEYS, found_statement, speaker_line

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
PAGES = [README, *sorted((ROOT / "docs").glob("*.md"))]
# A statement's keys as the JSON names them, and as the golden pages do.
NAMES = {"resolved_by" if key == "by" else key: key for key in KEYS}
BLOCK = re.compile(r"^```(console|python|article|statements|speakers)\n(.*?)^```$", re.M | re.S)


@dataclass
class Block:
    kind: str
    text: str
    begin: int
    end: int
    article: str = ""


def blocks(page: Path) -> list[Block]:
    """The blocks of a page that are run here."""
    found, article = [], ""
    for m in BLOCK.finditer(page.read_text(encoding="utf-8")):
        if m[1] == "article":
            article = m[2].removesuffix("\n")
        elif page == README or m[1] != "console":
            found.append(Block(m[1], m[2], m.start(2), m.end(2), article))
    return found


def run(block: Block, session: Session) -> str:
    """The block as it would read with the real output."""
    if block.kind == "console":
        return run_console(block.text)
    if block.kind == "python":
        return session.run(block.text)
    return shown(block, sayso.extract(block.article).to_dict())


def shown(block: Block, document: dict[str, Any]) -> str:
    """What is found in the block's article, in the keys that the block names."""
    if block.kind == "speakers":
        lines = [speaker_line(s) for s in document["speakers"]]
    else:
        named = [re.findall(r"^  (\w+):", part, re.M) for part in re.split(r"\n(?! )", block.text) if part]
        found = [found_statement(s) for s in document["statements"]]
        lines = []
        for statement, names in zip_longest(found, named[: len(found)], fillvalue=list(NAMES)):
            lines += statement["head"] + [f"  {name}: {value}" for name, key in NAMES.items() if name in names for value in statement[key]]
    return "".join(line + "\n" for line in lines)


def run_console(text: str) -> str:
    out = []
    for line in text.splitlines():
        if line.startswith("$ "):
            out += [line, on_terminal(line[2:])]
    return "".join(part if part.endswith("\n") or not part else part + "\n" for part in out)


def on_terminal(command: str) -> str:
    """What a command writes to standard output where that is a terminal of 80 columns."""
    if os.name != "posix":
        raise RuntimeError("README's console blocks are run on POSIX systems")
    import fcntl
    import pty
    import termios

    near, far = pty.openpty()
    fcntl.ioctl(far, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 80, 0, 0))
    environment = {**os.environ, "NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "80"}
    process = subprocess.Popen(command, shell=True, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=far, stderr=subprocess.PIPE, env=environment)
    os.close(far)
    written = b""
    with contextlib.suppress(OSError):  # how Linux says that the other end was closed
        while chunk := os.read(near, 1 << 16):
            written += chunk
    os.close(near)
    _, complaints = process.communicate()
    if process.returncode:
        raise RuntimeError(f"{command}: status {process.returncode}\n{complaints.decode(errors='replace')}")
    return written.decode("utf-8").replace("\r\n", "\n")


class Session:
    """An interactive session of 80 columns, in a folder of its own where `examples` is."""

    def __init__(self, folder: str) -> None:
        self.folder, self.console = folder, code.InteractiveConsole()
        os.environ["COLUMNS"] = "80"  # what pandas writes is as wide
        os.symlink(ROOT / "examples", Path(folder, "examples"))

    def run(self, text: str) -> str:
        """What is typed, with the real output."""
        out, before = [], Path.cwd()
        os.chdir(self.folder)
        try:
            for line in text.splitlines():
                if line.startswith((">>>", "...")):
                    heard = io.StringIO()
                    with contextlib.redirect_stdout(heard), contextlib.redirect_stderr(heard):
                        self.console.push(line[4:])
                    out += [line + "\n", heard.getvalue()]
        finally:
            os.chdir(before)
        return "".join(out)


@contextlib.contextmanager
def session() -> Iterator[Session]:
    with tempfile.TemporaryDirectory() as folder:
        yield Session(folder)


def rewritten(page: Path) -> str:
    text, at, out = page.read_text(encoding="utf-8"), 0, []
    with session() as typed:
        for block in blocks(page):
            out += [text[at : block.begin], run(block, typed)]
            at = block.end
    return "".join(out) + text[at:]


if __name__ == "__main__":
    for page in PAGES:
        real = rewritten(page)
        if sys.argv[1:] == ["--write"]:
            page.write_text(real, encoding="utf-8")
        else:
            sys.stdout.write(real)
