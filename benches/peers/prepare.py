"""Gets the peers, each by its own package manager, at the versions that the set-up files name."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
# What the machine needs of its own, and how Debian calls it.
NEEDED = {"java": "openjdk-17-jdk-headless", "javac": "openjdk-17-jdk-headless", "mvn": "maven", "node": "nodejs (18 or newer)", "npm": "npm"}


class NotToBeHad(Exception):
    """A peer cannot be set up here."""


def corenlp(folder: Path) -> None:
    """The jars, checked against the sums that are committed, and our program compiled."""
    _needs("java", "javac", "mvn")
    source = HERE / "corenlp"
    _call("mvn", "-B", "-q", "-f", source / "pom.xml", "dependency:copy-dependencies", f"-DoutputDirectory={folder / 'lib'}")
    for line in (source / "jars.sha256").read_text().splitlines():
        expected, name = line.split()
        with (folder / "lib" / name).open("rb") as jar:
            found = hashlib.file_digest(jar, "sha256").hexdigest() if sys.version_info >= (3, 11) else hashlib.sha256(jar.read()).hexdigest()
        if found != expected:
            raise NotToBeHad(f"{name} is not the file that jars.sha256 was made of: remove {folder / 'lib'} and try again")
    _call("javac", "-cp", f"{folder / 'lib'}/*", "-d", folder / "classes", source / "Corenlp.java")


def node(folder: Path) -> None:
    """The packages of package-lock.json."""
    _needs("node", "npm")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / "node" / name, folder / name)
    _call("npm", "ci", "--silent", "--prefix", folder)


def python(folder: Path) -> None:
    """A virtual environment with requirements.txt."""
    _call(sys.executable, "-m", "venv", "--clear", folder)
    _call(folder / "bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", HERE / "python/requirements.txt")


def prepare(kind: Callable[[Path], None], target: Path) -> Path:
    """Sets a kind of peers up in a folder of its own, unless that was done from the same files."""
    name = kind.__name__
    folder = target / name
    files = sorted(path for path in (HERE / name).iterdir() if path.suffix in {".xml", ".json", ".txt", ".java", ".sha256"})
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
    ready = folder / "ready"
    if not (ready.is_file() and ready.read_text() == digest):
        folder.mkdir(parents=True, exist_ok=True)
        kind(folder)
        ready.write_text(digest)
    return folder


def version(package: str) -> str:
    """The version that the set-up files name."""
    files = [HERE / "corenlp/pom.xml", HERE / "node/package.json", HERE / "python/requirements.txt"]
    found = re.search(rf"\b{package}(?:\.version>|\": \"|==)([\w.]+)", "\n".join(path.read_text() for path in files))
    return found[1] if found else ""


def _needs(*programs: str) -> None:
    for program in programs:
        if shutil.which(program) is None:
            raise NotToBeHad(f"{program} is not installed (Debian and Ubuntu: apt-get install {NEEDED[program]})")


def _call(*command: object) -> None:
    words = [str(word) for word in command]
    done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        last = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]
        raise NotToBeHad(f"{Path(words[0]).name} {words[1]} failed: {''.join(last)}")
