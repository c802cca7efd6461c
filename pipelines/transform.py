"""Runs the dbt project over the lake and hands back marts. The only module that imports dbt.

Belongs here: calling dbt in this process and turning its results into problems a person can read. Does not belong
here: any SQL about KPIs (`dbt_project`), taking files in (`ingest`).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines import marts, warehouse
from pipelines.errors import Exit, FloorwalkError, Problem
from pipelines.ingest import Intake, create_raw_views
from pipelines.progress import Progress
from pipelines.settings import PROJECT, Settings, quiet_tools

if TYPE_CHECKING:
    from collections.abc import Iterator

DBT_PROJECT = PROJECT / "dbt_project"
WAREHOUSE_VARIABLE = "DBT_FLOORWALK_WAREHOUSE"
"""Environment variable that dbt_project/profiles.yml reads its database file from."""


@dataclass(frozen=True)
class NodeResult:
    """What became of one dbt model, seed, data test or unit test."""

    unique_id: str
    name: str
    resource_type: str
    status: str
    seconds: float
    message: str
    tested_model: str | None

    @property
    def is_test(self) -> bool:
        return self.resource_type in ("test", "unit_test")

    @property
    def failed(self) -> bool:
        return self.status in ("error", "fail", "runtime error")


@dataclass(frozen=True)
class TransformResult:
    """Outcome of one dbt build: what ran, what failed, and the folder of exported marts."""

    nodes: tuple[NodeResult, ...]
    marts: Path

    @property
    def models(self) -> int:
        return sum(node.resource_type == "model" and node.status == "success" for node in self.nodes)

    @property
    def tests_passed(self) -> int:
        return sum(node.is_test and node.status in ("pass", "success") for node in self.nodes)

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
    """Build every model and test from the lake in `run`'s own database, then export the marts to `run`/marts.

    `on_node` hears each result as it comes (Dagster's checks). The result lists failures; the caller decides. Raises
    FloorwalkError (CHECKS_FAILED) when dbt could not run at all.
    """
    database = run / "warehouse.duckdb"
    database.unlink(missing_ok=True)
    with warehouse.writing(database, settings.memory_limit) as connection:
        create_raw_views(connection, settings.lake, DBT_PROJECT, intake)
    nodes: list[NodeResult] = []

    def heard(node: NodeResult) -> None:
        nodes.append(node)
        progress.advance(note=node.name)
        if on_node:
            on_node(node)

    progress.stage("compute")
    _invoke(["build"], database, settings.cache / "dbt", heard, settings)
    result = TransformResult(tuple(nodes), run / "marts")
    if not result.failures:
        warehouse.export(database, [mart.name for mart in marts.MARTS], result.marts)
    return result


def prepare_manifest(target: Path) -> Path:
    """Parse the project and return its manifest.json; needs no database. Raises FloorwalkError when it does not parse."""
    _invoke(["parse"], target / "parse.duckdb", target, lambda node: None, None)
    return target / "manifest.json"


def _invoke(
    command: list[str], database: Path, target: Path, heard: Callable[[NodeResult], None], settings: Settings | None
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
    with _environment(WAREHOUSE_VARIABLE, str(database)), _quiet_output():
        result = dbtRunner(callbacks=[listen]).invoke(arguments)
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


def _node_result(event: Any) -> NodeResult:
    info = event.data.node_info
    return NodeResult(
        unique_id=info.unique_id,
        name=info.node_name,
        resource_type=info.resource_type,
        status=event.data.run_result.status,
        seconds=event.data.run_result.execution_time,
        message=event.data.run_result.message,
        tested_model=None,
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
def _environment(name: str, value: str) -> Iterator[None]:
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


@contextmanager
def _quiet_output() -> Iterator[None]:
    """dbt prints on stdout, which belongs to the command's data."""
    import contextlib
    import io

    with contextlib.redirect_stdout(io.StringIO()):
        yield
