"""The leaf statement on Spark, for facts that are too many for one machine. See ADR 0138.

Spark reads the same Parquet files, from a folder that all its workers see or from S3-compatible
storage, and sends back leaf cells only: some hundred thousand rows whatever the size of the facts.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from samkoll.core.errors import DomainError
from samkoll.stats.engine.cells import in_months, statement
from samkoll.stats.engine.facts import FactFile

if TYPE_CHECKING:
    from samkoll.stats.engine.choice import Choice, Columns

CONFIGURATION = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "8",
    "spark.sql.ansi.enabled": "true",
}
"""What we set; ``SPARK_CONF_DIR`` and ``spark-defaults.conf`` say the rest (memory, storage)."""


class NotInstalled(DomainError):
    """Spark was chosen, but pyspark or Java is missing on this server."""


def leaf_table(
    files: Sequence[FactFile], measures: Sequence[str], value: str, choice: Choice
) -> Columns:
    """The leaf cells of these files. Raises: NotInstalled."""
    session = _session(choice.master)
    query = statement(spark_source(files, choice.folder), measures, value)
    table = session.sql(query).toArrow()
    return {name: table.column(name).to_numpy() for name in table.column_names}


def spark_source(files: Sequence[FactFile], folder: str) -> str:
    """The current months of these Parquet files, for Spark."""
    parts = [
        f"SELECT * FROM parquet.`{_place(f, folder)}` WHERE {in_months(f.months)}"
        for f in files
        if f.months
    ]
    return "(\n" + "\nUNION ALL\n".join(parts) + "\n) AS facts"


def _place(file: FactFile, folder: str) -> str:
    """Where Spark's workers find a file; a backtick would end the name."""
    place = f"{folder.rstrip('/')}/{file.path.name}" if folder else f"file://{file.path}"
    return place.replace("`", "``")


@cache
def _session(master: str) -> Any:
    """One session for the process: starting one takes ten seconds or more."""
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        raise NotInstalled(
            "SAMKOLL_STATS_ENGINE=spark kräver Java, som saknas på servern. Installera Java 17 "
            "(till exempel paketet openjdk-17-jre-headless), eller ta bort inställningen."
        )
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise NotInstalled(
            "SAMKOLL_STATS_ENGINE=spark kräver pyspark, som saknas. Installera det med "
            "pip install 'samkoll[spark]', eller ta bort inställningen."
        ) from error
    if master.startswith("local"):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder = SparkSession.builder.master(master).appName("Samkoll")
    for name, setting in CONFIGURATION.items():
        builder = builder.config(name, setting)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session
