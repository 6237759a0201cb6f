"""Runs a program on a file of articles, and says what it cost."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


class Failed(Exception):
    """A program ended in an error."""


class Late(Failed):
    """A program did not end in time."""


@dataclass
class Run:
    """A whole process from its start to its end."""

    passed: float  # seconds
    worked: float  # seconds of the processor, of all its threads
    memory: float  # the most it had, in MB
    said: dict[str, Any] = field(default_factory=dict)  # what it printed


def run(command: Sequence[str], folder: Path, limit: float, environment: Mapping[str, str]) -> Run:
    """Runs a program that prints one line of JSON, or nothing."""
    with tempfile.TemporaryFile() as complaints, tempfile.TemporaryFile() as output:
        begin = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=complaints, env={**os.environ, **environment})
        late = threading.Timer(limit, process.kill)
        late.start()
        _, status, used = os.wait4(process.pid, 0)
        passed = time.perf_counter() - begin
        late.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode == -9 and passed >= limit:
            raise Late(f"did not end within {limit:.0f} s")
        if process.returncode:
            complaints.seek(0)
            last = complaints.read().decode(errors="replace").strip().splitlines()[-1:]
            raise Failed(f"{command[0]} ended with status {process.returncode}: {''.join(last)}")
        output.seek(0)
        said = output.read().decode().strip()
    # Linux counts kilobytes, macOS bytes.
    memory = used.ru_maxrss / (1e6 if os.uname().sysname == "Darwin" else 1e3)
    return Run(passed, used.ru_utime + used.ru_stime, memory, json.loads(said) if said else {})
