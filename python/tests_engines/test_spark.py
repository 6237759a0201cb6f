"""Statements on Spark, with two executors that are processes of their own."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pyspark
import pytest
import sayso.spark
from conftest import in_order
from pyspark.sql import SparkSession


def missing_java() -> str:
    """Why Spark cannot run here; empty if it can."""
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=f"{home}/bin" if home else None)
    if java is None:
        return "Spark needs Java 17 or newer, and there is none (Debian and Ubuntu: apt-get install openjdk-17-jre-headless)"
    said = subprocess.run([java, "-version"], capture_output=True, encoding="utf-8", timeout=60).stderr
    version = re.search(r'version "(\d+)', said)
    if version is None or int(version[1]) < 17:
        return f"Spark needs Java 17 or newer, and {java} is {said.splitlines()[0] if said else 'of an unknown version'}"
    return ""


if NO_JAVA := missing_java():
    pytest.skip(NO_JAVA, allow_module_level=True)


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["SPARK_HOME"] = str(Path(pyspark.__file__).parent)
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    session = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.ui.enabled", "false")
        .config("spark.log.level", "ERROR")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "64")
        .getOrCreate()
    )
    yield session
    session.stop()


@pytest.fixture(scope="module")
def news(spark: SparkSession, articles: pa.Table, tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("news")
    pq.write_table(articles, path / "articles.parquet")
    return spark.read.parquet(str(path)).repartition(16, "key")


def executors(spark: SparkSession) -> set[int]:
    """The processes in which Spark's executors run, below that of the driver."""
    driver = spark.sparkContext._gateway.proc.pid  # type: ignore[union-attr]
    parents, found = {}, set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            pid = int(folder.name)
            parents[pid] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if b"CoarseGrainedExecutorBackend" in (folder / "cmdline").read_bytes():
                found.add(pid)
        except OSError:
            continue  # it has ended

    def below_driver(pid: int) -> bool:
        return pid == driver or (pid in parents and below_driver(parents[pid]))

    return {pid for pid in found if below_driver(pid)}


def test_the_rows_are_those_of_one_machine(spark: SparkSession) -> None:
    few = pa.table({"id": ["a1", "a2", "a3"], "text": ["“We lost,” said Ana Ruiz.", None, "Tam Orrel promised to sail."]})
    found = sayso.spark.extract(spark.createDataFrame(few)).toArrow()
    assert in_order(found).to_pylist() == in_order(pa.table(sayso.extract_table(few))).to_pylist()
    assert found.num_rows == 2


def test_wrong_columns_are_one_clear_error_before_anything_runs(spark: SparkSession) -> None:
    frame = spark.createDataFrame(pa.table({"id": ["a1"], "body": ["It rained."], "n": [1]}))
    with pytest.raises(ValueError, match='no column "text"; the columns are "id", "body", "n"; name the one that is meant: text="..."'):
        sayso.spark.extract(frame)
    with pytest.raises(ValueError, match='no column "key"; .*: id="..."'):
        sayso.spark.extract(frame, text="body", id="key")
    with pytest.raises(TypeError, match='column "n" holds bigint, not strings'):
        sayso.spark.extract(frame, text="n")


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds the executors in /proc")
def test_an_executor_that_is_killed_costs_no_row(spark: SparkSession, news: Any, expected: pa.Table, tmp_path: Path) -> None:
    context = spark.sparkContext
    statements = sayso.spark.extract(news, text="body", id="key")
    failed: list[BaseException] = []

    def write() -> None:
        try:
            context.setJobGroup("killed", "one executor is killed meanwhile")
            statements.write.parquet(str(tmp_path / "out"))
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=write)
    thread.start()
    before = executors(spark)
    assert len(before) == 2, "two executors, each a process"
    tracker = context.statusTracker()

    def running() -> Any:
        """The stage that writes, once some of its tasks are done and others are not."""
        for stage in tracker.getActiveStageIds():
            info = tracker.getStageInfo(stage)
            if info and info.numTasks == 16 and info.numCompletedTasks >= 2 and info.numActiveTasks >= 2:
                return info
        return None

    deadline = time.monotonic() + 120
    while (info := running()) is None:
        assert thread.is_alive() and time.monotonic() < deadline, f"nothing was in the middle of its work: {failed}"
        time.sleep(0.02)
    os.kill(min(before), signal.SIGKILL)
    thread.join(timeout=300)
    assert not thread.is_alive() and not failed, failed
    assert info.numCompletedTasks < 14, "it was killed in the middle"
    assert min(before) not in executors(spark)
    found = in_order(pq.read_table(tmp_path / "out"))
    assert found.num_rows == expected.num_rows > 50_000
    assert found.equals(expected)
