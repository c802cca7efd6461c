"""Runs the dbt project over the lake and hands back marts. The only module that imports dbt.

Belongs here: calling dbt in this process and turning its results into problems a person can read. Does not belong
here: any SQL about KPIs (`dbt_project`), taking files in (`ingest`).
"""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from pipelines import dictionary, marts, warehouse
from pipelines.errors import Exit, FloorwalkError, Problem
from pipelines.ingest import Intake, create_raw_views
from pipelines.progress import Progress
from pipelines.settings import PROJECT, Settings, quiet_tools

DBT_PROJECT = PROJECT / "dbt_project"
WAREHOUSE_VARIABLE, MEMORY_VARIABLE = "DBT_FLOORWALK_WAREHOUSE", "DBT_FLOORWALK_MEMORY_LIMIT"
"""Environment variables that dbt_project/profiles.yml reads."""


@dataclass(frozen=True)
class NodeResult:
    """What became of one dbt model, seed, data test or unit test."""

    unique_id: str
    name: str
    resource_type: str
    status: str
    seconds: float
    message: str

    @property
    def failed(self) -> bool:
        return self.status in ("error", "fail", "runtime error")


@dataclass(frozen=True)
class TransformResult:
    """Outcome of one dbt build: what ran, what failed, and the folder of exported marts."""

    nodes: tuple[NodeResult, ...]
    marts: Path

    @property
    def failures(self) -> tuple[Problem, ...]:
        return tuple(_problem(node) for node in self.nodes if node.failed)


def compute(
    settings: Settings,
    run: Path,
    intake: Intake,
    progress: Progress,
    on_node: Callable[[NodeResult], None] | None = None,
) -> TransformResult:
    """Build every model and data test from the lake in a new database, then export the marts to `run`/marts.

    Unit tests say nothing about the data, so `unit_test_models` runs them when models change and not every build. The
    database stays in the cache for analysts; the site never reads it.

    `on_node` hears each result as it comes (Dagster's checks). The result lists failures; the caller decides. Raises
    FloorwalkError (CHECKS_FAILED) when dbt could not run at all.
    """
    database = settings.cache / "warehouse.duckdb"  # one path for all runs: dbt re-parses when it changes
    for leftover in (database, database.with_suffix(".duckdb.wal")):
        leftover.unlink(missing_ok=True)
    with warehouse.writing(database, settings.memory_limit) as connection:
        create_raw_views(connection, settings.lake, DBT_PROJECT, intake, settings.privacy)
    nodes: list[NodeResult] = []

    def heard(node: NodeResult) -> None:
        nodes.append(node)
        progress.advance(note=node.name)
        if on_node:
            on_node(node)

    progress.stage("compute")
    _invoke(
        ["build", "--exclude-resource-type", "unit_test"],
        database,
        settings.cache / "dbt",
        heard,
        settings.memory_limit,
    )
    result = TransformResult(tuple(nodes), run / "marts")
    if not result.failures:
        warehouse.export(database, [mart.name for mart in marts.MARTS], result.marts)
        _describe(settings, database, result)
    return result


def _describe(settings: Settings, database: Path, result: TransformResult) -> None:
    """Put what dbt knows of its project beside the marts: every model with its tests, and the data dictionary.

    The dictionary is made anew when the project changes; it holds nothing of the data.
    """
    target, marts_folder = settings.cache / "dbt", result.marts
    manifest = dictionary.read(target / "manifest.json")
    statuses = {node.unique_id: node.status for node in result.nodes}
    found = dictionary.models(manifest, statuses, warehouse.table_rows(database))
    file = marts_folder / f"{marts.Model.name}.parquet"
    warehouse.write(file, dictionary.MODEL_TYPES, [astuple(model) for model in found])
    if not settings.dictionary:
        return
    kept = settings.cache / "dictionary" / f"{dictionary.fingerprint(DBT_PROJECT)}.html"
    if not kept.is_file():
        _invoke(["docs", "generate", "--no-compile"], database, target, lambda node: None, settings.memory_limit)
        template = (target / "index.html").read_text(encoding="utf-8")
        dictionary.keep(dictionary.page(manifest, dictionary.read(target / "catalog.json"), template), kept)
    shutil.copyfile(kept, marts_folder / dictionary.NAME)


def unit_test_models(database: Path, target: Path, memory_limit: str) -> tuple[NodeResult, ...]:
    """Run every dbt unit test against a database that a build left behind; it reads only the columns of its tables.

    Raises FloorwalkError (CHECKS_FAILED) when dbt could not run at all.
    """
    nodes: list[NodeResult] = []
    _invoke(["test", "--select", "test_type:unit"], database, target, nodes.append, memory_limit)
    return tuple(nodes)


def judge_again(settings: Settings) -> tuple[NodeResult, ...]:
    """Rebuild the judging models (selectors.yml) over the sums that the last build left in the cache; for timing.

    Raises FloorwalkError (CHECKS_FAILED) when dbt could not run at all.
    """
    nodes: list[NodeResult] = []
    database = settings.cache / "warehouse.duckdb"
    _invoke(["run", "--selector", "judgement"], database, settings.cache / "dbt", nodes.append, settings.memory_limit)
    return tuple(nodes)


def prepare_manifest(target: Path) -> Path:
    """Parse the project and return its manifest.json; needs no database.

    Raises FloorwalkError when it does not parse.
    """
    _invoke(["parse"], target / "parse.duckdb", target, lambda node: None)
    return target / "manifest.json"


def _invoke(
    command: list[str], database: Path, target: Path, heard: Callable[[NodeResult], None], memory_limit: str = "1GB"
) -> None:
    quiet_tools()
    from dbt.cli.main import dbtRunner
    from dbt_common.events.base_types import EventMsg

    def listen(event: EventMsg) -> None:
        if event.info.name == "NodeFinished":
            heard(_node_result(event))

    arguments = [*command, "--project-dir", str(DBT_PROJECT), "--profiles-dir", str(DBT_PROJECT)]
    arguments += ["--target-path", str(target), "--log-path", str(target / "logs"), "--log-level", "none"]
    arguments += ["--log-level-file", "info", "--no-use-colors", "--no-version-check"]
    variables = {WAREHOUSE_VARIABLE: str(database), MEMORY_VARIABLE: memory_limit}
    with _environment(variables), redirect_stdout(io.StringIO()):  # dbt prints where the command's data belong
        try:
            result = dbtRunner(callbacks=[listen]).invoke(arguments)
        finally:
            _let_go()
    if result.exception is not None:
        raise FloorwalkError(
            Problem(
                "dbt could not read the project",
                where="dbt_project",
                why=str(result.exception).strip(),
                fix="mend the file named above; `make check` repeats this test alone",
            ),
            Exit.CHECKS_FAILED,
        )


def _let_go() -> None:
    """Close the database that dbt holds open from the first model to the last, so that the next may open it.

    Opening it anew for every model, the other choice of profiles.yml, writes a checkpoint each time: it cost a quarter.
    """
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    if getattr(DuckDBConnectionManager, "_ENV", None) is not None:
        DuckDBConnectionManager.env().close()  # type: ignore[no-untyped-call]
    DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call]


def _node_result(event: Any) -> NodeResult:
    info = event.data.node_info
    return NodeResult(
        unique_id=info.unique_id,
        name=info.node_name,
        resource_type=info.resource_type,
        status=event.data.run_result.status,
        seconds=event.data.run_result.execution_time,
        message=event.data.run_result.message,
    )


def _problem(node: NodeResult) -> Problem:
    kind = {"test": "data test", "unit_test": "unit test"}.get(node.resource_type, node.resource_type)
    return Problem(
        f"{kind} failed: {node.name.replace('_', ' ')}",
        where=node.unique_id,
        why=node.message.strip(),
        fix="the site was not switched; the last good one stays up. "
        f"Repeat it alone: dbt build --select {node.name} --project-dir dbt_project --profiles-dir dbt_project",
    )


@contextmanager
def _environment(variables: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
