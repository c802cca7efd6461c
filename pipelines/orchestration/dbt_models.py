"""The dbt models as assets and their tests as checks, from the manifest; dbt itself runs in this process.

Belongs here: turning dbt's results into Dagster's events. Does not belong here: running dbt (`transform`), or
dagster-dbt's command-line resource, which starts a process and takes several times as long for the same work.
"""

# Annotations are evaluated here: Dagster reads the real types of `context` and of resources.

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, dbt_assets

from pipelines.orchestration.build import Build, in_words
from pipelines.transform import NodeResult, prepare_manifest

UNIQUE_ID = "dagster_dbt/unique_id"
"""Metadata key under which dagster-dbt notes the dbt node an asset or a check comes from."""

Event = dg.MaterializeResult[None] | dg.AssetCheckResult


def assets(manifest: Path) -> dg.AssetsDefinition:
    """Every model and seed as an asset, every data test (of sources too) as a check."""
    translator = DagsterDbtTranslator(settings=DagsterDbtTranslatorSettings(enable_source_tests_as_checks=True))

    @dbt_assets(manifest=manifest, dagster_dbt_translator=translator, name="compute")
    def compute(context: dg.AssetExecutionContext, build: Build) -> Iterator[Event]:
        """Run dbt over the lake; a failed test of severity error stops the run before the site."""
        with in_words():
            result = build.attempt.compute()
        definition = context.assets_def
        yield from events(result.nodes, definition.specs, definition.check_specs)
        if result.failures:
            raise dg.Failure("\n".join(str(problem) for problem in result.failures), allow_retries=False)

    return compute


def current_manifest(dbt_project: Path) -> Path:
    """The project's manifest.json, parsed anew when it is missing or older than any file of the project."""
    target = dbt_project / "target"
    manifest = target / "manifest.json"
    if manifest.is_file():
        parsed = manifest.stat().st_mtime_ns
        sources = (path for path in dbt_project.rglob("*") if path.is_file() and not _is_output(path, dbt_project))
        if all(path.stat().st_mtime_ns <= parsed for path in sources):
            return manifest
    return prepare_manifest(target)


def _is_output(path: Path, dbt_project: Path) -> bool:
    return path.relative_to(dbt_project).parts[0] in ("target", "logs")


def events(
    nodes: Iterable[NodeResult], models: Iterable[dg.AssetSpec], checks: Iterable[dg.AssetCheckSpec]
) -> Iterator[Event]:
    """Dagster's events for dbt's results: models in the order dbt finished them, with their unit tests, then checks.

    A node that dbt skipped gives no event.
    """
    by_id = {node.unique_id: node for node in nodes}
    keys = {str(model.metadata.get(UNIQUE_ID)): model.key for model in models}
    units: dict[str, dict[str, str]] = {}
    for node in by_id.values():
        if node.resource_type == "unit_test":
            package, model, name = node.unique_id.removeprefix("unit_test.").split(".", 2)
            units.setdefault(f"model.{package}.{model}", {})[name] = node.status
    for node_id, node in by_id.items():
        if node_id in keys and node.status == "success":
            metadata: dict[str, Any] = {"seconds": node.seconds}
            if node_id in units:
                metadata["unit_tests"] = dg.MetadataValue.json(units[node_id])
            yield dg.MaterializeResult(asset_key=keys[node_id], metadata=metadata)
    for check in checks:
        found = by_id.get(str((check.metadata or {}).get(UNIQUE_ID)))
        if found is not None and found.status != "skipped":
            yield check_result(check, found)


def check_result(check: dg.AssetCheckSpec, node: NodeResult) -> dg.AssetCheckResult:
    """A data test's outcome; `warn` is a check that did not pass and stops nothing."""
    return dg.AssetCheckResult(
        asset_key=check.asset_key,
        check_name=check.name,
        passed=node.status == "pass",
        severity=dg.AssetCheckSeverity.WARN if node.status == "warn" else dg.AssetCheckSeverity.ERROR,
        metadata={"seconds": node.seconds, "message": node.message},
    )
