"""The command that the wheel installs."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import Any

import pytest
import sayso


def test_it_names_its_version(command: Any) -> None:
    done = command("--version")
    assert done.returncode == 0
    assert sayso.__version__ in done.stdout


def test_it_reads_standard_input(command: Any, article: str) -> None:
    done = command("extract", "--format", "jsonl", "-", input=article)
    assert (done.returncode, done.stderr) == (0, "")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["content"]["text"] for row in rows] == [s.content.text for s in sayso.extract(article).statements]


def test_a_wrong_flag_ends_with_2(command: Any) -> None:
    assert command("extract", "--no-such-flag").returncode == 2


def test_the_module_is_the_command(article: str) -> None:
    done = subprocess.run([sys.executable, "-m", "sayso", "extract", "--format", "jsonl", "-"], input=article, capture_output=True, encoding="utf-8")
    assert done.returncode == 0 and '"content"' in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX systems")
def test_ctrl_c_ends_it() -> None:
    process = subprocess.Popen([sys.executable, "-m", "sayso", "extract", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        time.sleep(1.0)
        assert process.poll() is None, "it waits for standard input"
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=10) == -signal.SIGINT
    finally:
        process.kill()
        process.communicate()


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX systems")
def test_a_closed_pipe_ends_it_quietly(article: str, tmp_path: Any) -> None:
    file = tmp_path / "many.jsonl"
    file.write_text((json.dumps({"text": article}) + "\n") * 2000, encoding="utf-8")
    process = subprocess.Popen([sys.executable, "-m", "sayso", "extract", "--format", "jsonl", str(file)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None and process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(timeout=60) in (0, -signal.SIGPIPE)
    process.stderr.close()
