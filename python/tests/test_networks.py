"""What `sayso network` writes, in the hands of those who read it: networkx, pandas, and the tables of Discourse Network Analyzer."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import sqlite3
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd
import pytest

PAGE = Path(__file__).parents[2] / "docs" / "speakers-and-networks.md"
ARTICLES = [
    {
        "id": "a1",
        "date": "2024-05-03",
        "text": "“The bridge will open in May,” said Ana Ruiz, the mayor of Lorca. She told reporters that the work was late.\r\n\r\n"
        "🚧 Tam Orrel, a builder, said that Ruiz had “never asked” him.",
    },
    {"id": "a2", "text": "“We will not pay for it twice,” said Ana Ruiz. The Council of Lorca denied that Ruiz knew."},
]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(article) + "\n" for article in ARTICLES), encoding="utf-8")
    return path


def test_graphml_opens_in_networkx_with_the_counts_of_the_statements(command: Any, corpus: Path, tmp_path: Path) -> None:
    done = command("network", str(corpus), "-o", str(tmp_path / "a.graphml"))
    assert (done.returncode, done.stderr) == (0, "")
    graph = nx.read_graphml(tmp_path / "a.graphml")
    assert graph.is_directed() and not graph.is_multigraph()

    sums = json.loads(command("speakers", str(corpus), "-f", "json").stdout)
    speakers = {node: data for node, data in graph.nodes(data=True) if data["kind"] != "addressee"}
    assert {(data["label"], data["statements"]) for data in speakers.values()} == {(s["name"], s["statements"]) for s in sums["speakers"]}
    assert graph.edges["Tam Orrel", "Ana Ruiz"]["about"] == 1
    assert graph.edges["Ana Ruiz", "reporters"] == {"weight": 1, "about": 0, "to": 1, "direct": 0, "mixed": 0, "indirect": 1, "articles": 1}
    assert all(data["weight"] == data["direct"] + data["mixed"] + data["indirect"] for _, _, data in graph.edges(data=True))


def test_the_edge_list_is_the_same_graph(command: Any, corpus: Path, tmp_path: Path) -> None:
    command("network", str(corpus), "-o", str(tmp_path / "a.graphml"))
    command("network", str(corpus), "-f", "csv", "-o", str(tmp_path / "edges.csv"), "--nodes", str(tmp_path / "nodes.csv"))
    graph = nx.read_graphml(tmp_path / "a.graphml")
    edges = pd.read_csv(tmp_path / "edges.csv")
    listed = nx.from_pandas_edgelist(edges, "Source", "Target", edge_attr="Weight", create_using=nx.DiGraph)
    assert {(a, b, w) for a, b, w in listed.edges(data="Weight")} == {(a, b, w) for a, b, w in graph.edges(data="weight")}
    assert list(pd.read_csv(tmp_path / "nodes.csv")["Id"]) == list(graph.nodes)


@pytest.fixture
def database(command: Any, corpus: Path, tmp_path: Path) -> sqlite3.Connection:
    done = command("network", str(corpus), "-f", "dna", "-o", str(tmp_path / "a.dna"))
    assert (done.returncode, done.stderr) == (0, "")
    return sqlite3.connect(tmp_path / "a.dna")


def test_the_tables_of_a_dna_file_are_those_of_the_page(database: sqlite3.Connection) -> None:
    rows = re.findall(r"^\| ([A-Z]+) \| (.+) \|$", PAGE.read_text(encoding="utf-8"), re.M)
    described = {table: columns.split(", ") for table, columns in rows}
    names = [name for (name,) in database.execute("select name from sqlite_master where type = 'table'")]
    written = {name: [column[1] for column in database.execute(f"pragma table_info({name})")] for name in names}
    assert len(described) == 16 and written == described


def test_a_dna_file_holds_together(database: sqlite3.Connection) -> None:
    assert database.execute("pragma integrity_check").fetchall() == [("ok",)]
    assert database.execute("pragma foreign_key_check").fetchall() == []
    variables = database.execute("select Variable, DataType from VARIABLES order by ID").fetchall()
    assert variables == [("person", "short text"), ("organization", "short text"), ("concept", "short text"), ("agreement", "boolean")]
    [(statements,)] = database.execute("select count(*) from STATEMENTS")
    for table, each in [("DATASHORTTEXT", 3), ("DATABOOLEAN", 1)]:
        assert database.execute(f"select count(*) from {table}").fetchone() == (statements * each,)


def test_statements_of_a_dna_file_have_their_words_and_actors(command: Any, corpus: Path, database: sqlite3.Connection) -> None:
    found = database.execute(
        """select d.Source, d.Text, s.Start, s.Stop, p.Value, o.Value from STATEMENTS s join DOCUMENTS d on d.ID = s.DocumentId
           join DATASHORTTEXT dp on dp.StatementId = s.ID and dp.VariableId = 1 join ENTITIES p on p.ID = dp.Entity
           join DATASHORTTEXT dq on dq.StatementId = s.ID and dq.VariableId = 2 join ENTITIES o on o.ID = dq.Entity order by s.ID"""
    ).fetchall()
    words = [text.encode("utf-16-le")[2 * start : 2 * stop].decode("utf-16-le") for _, text, start, stop, _, _ in found]
    lines = [json.loads(line) for line in command("extract", str(corpus), "-f", "jsonl").stdout.splitlines()]
    assert [w.split()[0] for w in words] == [line["content"]["text"].split()[0] for line in lines]
    assert (found[0][0], words[0], found[0][4]) == ("a1", "“The bridge will open in May,”", "Ana Ruiz")
    assert [row[4:] for row in found if row[0] == "a2"][1] == ("", "Council of Lorca")
    assert database.execute("select Date from DOCUMENTS order by ID").fetchall() == [(1714694400,), (0,)]
    attributes = "select AttributeValue from ATTRIBUTEVALUES v join ENTITIES e on e.ID = v.EntityId where e.Value = 'Ana Ruiz' order by v.ID"
    assert database.execute(attributes).fetchall() == [("person",), ("",), ("mayor",)]


def test_the_password_of_a_dna_file_is_the_one_of_the_page(database: sqlite3.Connection) -> None:
    [(stored,)] = database.execute("select Password from CODERS")
    salt, digest = base64.b64decode(stored)[:16], base64.b64decode(stored)[16:]
    made = salt + b"sayso"
    for _ in range(100_000):
        made = hashlib.sha256(made).digest()
    assert made == digest
