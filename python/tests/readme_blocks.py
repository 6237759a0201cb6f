"""The blocks of README and of the pages in docs: runs them, compares their output, and writes the real output into them.

A `console` block is commands after "$ " with their output, run in the repository's root as on a terminal of 80 columns;
a `python` block is an interactive session (">>> "). Rust blocks are run by `cargo test --doc -p sayso-tests`, and the console blocks
of the pages, which need files, by `cargo test -p sayso-cli --test corpora pages`.
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
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
PAGES = [README, *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(console|python)\n(.*?)^```$", re.M | re.S)


@dataclass
class Block:
    kind: str
    text: str
    begin: int
    end: int


def blocks(page: Path) -> list[Block]:
    found = [Block(m[1], m[2], m.start(2), m.end(2)) for m in BLOCK.finditer(page.read_text(encoding="utf-8"))]
    return [block for block in found if page == README or block.kind == "python"]


def run(block: Block) -> str:
    """The block as it would read with the real output."""
    return run_console(block.text) if block.kind == "console" else run_session(block.text)


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


def run_session(text: str) -> str:
    """An interactive session typed anew."""
    console = code.InteractiveConsole()
    out = []
    for line in text.splitlines():
        if line.startswith((">>>", "...")):
            out.append(line + "\n")
            heard = io.StringIO()
            with contextlib.redirect_stdout(heard), contextlib.redirect_stderr(heard):
                console.push(line[4:])
            out.append(heard.getvalue())
    return "".join(out)


def rewritten(page: Path) -> str:
    text = page.read_text(encoding="utf-8")
    for block in reversed(blocks(page)):
        text = text[: block.begin] + run(block) + text[block.end :]
    return text


if __name__ == "__main__":
    for page in PAGES:
        real = rewritten(page)
        if sys.argv[1:] == ["--write"]:
            page.write_text(real, encoding="utf-8")
        else:
            sys.stdout.write(real)
