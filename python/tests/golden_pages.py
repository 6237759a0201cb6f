"""Reads the golden pages of tests/golden and judges what was found, line by line, as tests/src/judge.rs does.

Only the blocks that are for every reader: `statements` and `speakers`. What was found comes as the JSON of
`sayso extract --format documents`, whoever made it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden"
NO_OTHER = "and no other"
KEYS = ("content", "cue", "source", "speaker", "by", "addressee", "topic", "when", "where")
FORMS = ("direct", "mixed", "indirect")

# White space as Unicode defines it; str.split() would also split at the separators U+001C to U+001F.
_WHITE = re.compile("[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_ESCAPE = re.compile(r"\\(?:u\{([0-9A-Fa-f]+)\}|(.))", re.S)
_PLAIN = {"n": "\n", "r": "\r", "t": "\t", "\\": "\\"}


@dataclass
class Line:
    number: int
    known_wrong: bool
    text: str


@dataclass
class Block:
    kind: str
    number: int
    lines: list[Line]


@dataclass
class Case:
    name: str
    number: int
    article: str
    blocks: list[Block] = field(default_factory=list)


@dataclass
class Expected:
    head: Line
    fields: dict[str, list[Line]] = field(default_factory=dict)

    @property
    def content(self) -> Line:
        return self.fields["content"][0]


def fold(text: str) -> str:
    return _WHITE.sub(" ", text).strip(" ")


def _unescape(text: str) -> str:
    return _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else _PLAIN[m[2]], text)


def pages() -> list[Path]:
    """The pages that hold a block for every reader."""
    found = sorted(p for p in GOLDEN.rglob("*.md") if p.name != "README.md")
    return [p for p in found if any(c.blocks for c in read_page(p))]


def read_page(path: Path) -> list[Case]:
    # Not read_text: its universal newlines would change a page that was written with others.
    lines = enumerate(path.read_bytes().decode("utf-8").split("\n"), 1)
    cases: list[Case] = []
    heading = ""
    for number, line in lines:
        if line.startswith("#"):
            heading = line.strip("#").strip()
        fence = re.match(r"(`{3,})\s*(\w+)(\s+escaped)?\s*$", line)
        if not fence:
            continue
        body = []
        for inner, text in lines:
            if re.fullmatch("`{%d,}" % len(fence[1]), text.rstrip()):
                break
            body.append((inner, text))
        if fence[2] == "article":
            raw = "\n".join(text for _, text in body)
            cases.append(Case(heading, number, _unescape(raw) if fence[3] else raw))
        elif fence[2] in ("statements", "speakers"):
            cases[-1].blocks.append(Block(fence[2], number, list(_read_lines(body, bool(fence[3])))))
    return cases


def _read_lines(body: list[tuple[int, str]], escaped: bool) -> Iterator[Line]:
    for number, raw in body:
        text = raw.strip()
        known_wrong = text.startswith("!")
        text = text[known_wrong:]
        text = fold(_unescape(text) if escaped else text)
        if text:
            yield Line(number, known_wrong, text)


def judge_page(path: Path, read: Callable[[str], dict[str, Any]]) -> str:
    """What does not hold, as a person needs it to mend the page or the code; "" if all of it holds."""
    report = []
    for case in read_page(path):
        if not case.blocks:
            continue
        document = read(case.article)
        for block in case.blocks:
            if block.kind == "statements":
                found = [found_statement(s) for s in document["statements"]]
                findings = judge_statements(block, found)
                shown = [line for f in found for line in _lines_of(f)]
            else:
                shown = [speaker_line(s) for s in document["speakers"]]
                findings = judge_lines(block, shown)
            if findings:
                report.append(f"\n{path.relative_to(ROOT)}:{block.number}: {case.name} ({block.kind})")
                report += [f"  line {number}: {what}" for number, what in findings]
                report += ["found, as the page would write it:", "```" + block.kind, *shown, "```"]
    return "\n".join(report)


def speaker_line(speaker: dict[str, Any]) -> str:
    parts = (speaker["name"], speaker["kind"], speaker["role"], speaker["affiliation"])
    return " | ".join("-" if p is None else fold(p) for p in parts)


def found_statement(statement: dict[str, Any]) -> dict[str, list[str]]:
    def words(key: str) -> list[str]:
        return ["-" if statement[key] is None else fold(statement[key]["text"])]

    cue = statement["cue"]
    return {
        "head": [f"{statement['form']} {statement['act']}"],
        "content": words("content"),
        "cue": ["-" if cue is None else f"{fold(cue['text'])} ({cue['lemma']})"],
        "source": words("source"),
        "speaker": [speaker_line(s) for s in statement["speakers"]] or ["-"],
        "by": [statement["resolved_by"]],
        **{key: words(key) for key in ("addressee", "topic", "when", "where")},
    }


def _lines_of(found: dict[str, list[str]]) -> list[str]:
    quiet = [key for key in KEYS[5:] if found[key] == ["-"]]
    return found["head"] + [f"  {key}: {value}" for key in KEYS if key not in quiet for value in found[key]]


def judge_lines(block: Block, found: list[str]) -> list[tuple[int, str]]:
    """Judges a block whose every line stands for one thing found."""
    findings = []
    lines = block.lines
    for expected, others, pair in _gaps(len(lines), len(found), lambda e, f: _parts_fit(lines[e].text, found[f])):
        missing = [lines[e] for e in expected]
        findings += [(m.number, f"expected {m.text!r}, found no such line") for m in missing if not m.known_wrong]
        if not any(m.known_wrong for m in missing):
            at = lines[expected.start].number if expected.start < len(lines) else block.number
            findings += [(at, f"found {found[f]!r}, which is not expected") for f in others]
        if pair and lines[pair[0]].known_wrong:
            findings.append(_came_right(lines[pair[0]]))
    return findings


def judge_statements(block: Block, found: list[dict[str, list[str]]]) -> list[tuple[int, str]]:
    """Judges a `statements` block."""
    expected, no_other = _expected_statements(block)
    findings: list[tuple[int, str]] = []
    surplus = 0
    for missing, others, pair in _gaps(len(expected), len(found), lambda e, f: expected[e].content.text == found[f]["content"][0]):
        free = [found[f] for f in others]
        for e in missing:
            content = expected[e].content
            alike = next((f for f in free if _alike(content.text, f["content"][0])), None)
            if alike is not None:
                free.remove(alike)
                findings += _judge_statement(expected[e], alike)
            elif not content.known_wrong:
                findings.append((content.number, f"no statement says {content.text!r}"))
        if not any(expected[e].content.known_wrong for e in missing):
            surplus += len(free)
            if no_other is None or not no_other.known_wrong:
                findings += [(block.number, f"found a statement that is not expected: {f['content'][0]!r}") for f in free]
        if pair:
            findings += _judge_statement(expected[pair[0]], found[pair[1]])
    if no_other is not None and no_other.known_wrong and not surplus:
        findings.append(_came_right(no_other))
    return sorted(findings)


def _expected_statements(block: Block) -> tuple[list[Expected], Line | None]:
    expected: list[Expected] = []
    no_other = None
    for line in block.lines:
        key, colon, value = line.text.partition(":")
        if line.text == NO_OTHER:
            no_other = line
        elif colon and key in KEYS:
            expected[-1].fields.setdefault(key, []).append(Line(line.number, line.known_wrong, value.strip()))
        else:
            assert line.text.split(" ")[0] in FORMS, f"line {line.number}: {line.text!r} is neither a form nor a key"
            expected.append(Expected(line))
    return expected, no_other


def _judge_statement(expected: Expected, found: dict[str, list[str]]) -> list[tuple[int, str]]:
    head = found["head"][0] if " " in expected.head.text else found["head"][0].split(" ")[0]
    judged = [(expected.head, expected.head.text == head, head)]
    for key, lines in expected.fields.items():
        values = found[key]
        for i, line in enumerate(lines):
            holds = len(lines) == len(values) and _value_fits(key, line.text, values[i])
            judged.append((line, holds, " and ".join(values)))
    findings = []
    for line, holds, value in judged:
        if holds and line.known_wrong:
            findings.append(_came_right(line))
        elif not holds and not line.known_wrong:
            findings.append((line.number, f"expected {line.text!r}, found {value!r}"))
    return findings


def _value_fits(key: str, expected: str, found: str) -> bool:
    if key == "speaker":
        return _parts_fit(expected, found)
    return expected == found or (key == "cue" and " (" in found and expected == found.rpartition(" (")[0])


def _parts_fit(expected: str, found: str) -> bool:
    parts = expected.split(" | ")
    return parts == found.split(" | ")[: len(parts)]


def _came_right(line: Line) -> tuple[int, str]:
    return line.number, f'{line.text!r} has come right: take its "!" away'


def _alike(a: str, b: str) -> bool:
    one, other = (set(re.findall(r"[^\W_]+", text.lower())) for text in (a, b))
    return bool(one & other) and 2 * len(one & other) >= max(len(one), len(other))


def _gaps(expected: int, found: int, same: Callable[[int, int], bool]) -> Iterator[tuple[range, range, tuple[int, int] | None]]:
    """The longest common subsequence, as the gaps before each of its pairs."""
    length = [[0] * (found + 1) for _ in range(expected + 1)]
    for e in reversed(range(expected)):
        for f in reversed(range(found)):
            length[e][f] = length[e + 1][f + 1] + 1 if same(e, f) else max(length[e + 1][f], length[e][f + 1])
    e = f = from_e = from_f = 0
    while e < expected and f < found:
        if same(e, f):
            yield range(from_e, e), range(from_f, f), (e, f)
            e, f = e + 1, f + 1
            from_e, from_f = e, f
        elif length[e + 1][f] >= length[e][f + 1]:
            e += 1
        else:
            f += 1
    yield range(from_e, expected), range(from_f, found), None
