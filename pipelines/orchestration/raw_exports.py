"""One asset per raw table of the contract; taking in a drop makes them all at once.

Belongs here: what Dagster shows of a delivery. Does not belong here: reading exports (`ingest`).
"""

# Annotations are evaluated here: Dagster reads the real types of `context` and of resources.

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dagster as dg
import yaml

from pipelines.orchestration.build import Build, in_words


def contract_tables(dbt_project: Path) -> list[dict[str, Any]]:
    """Tables of the contract as its file has them, with the name of their dbt source added as `source`."""
    contract = yaml.safe_load((dbt_project / "models" / "staging" / "_sources.yml").read_text(encoding="utf-8"))
    return [table | {"source": source["name"]} for source in contract["sources"] for table in source["tables"]]


def assets(dbt_project: Path) -> dg.AssetsDefinition:
    """The assets of every raw table, keyed as dbt keys its sources so that the lineage joins up."""
    tables = contract_tables(dbt_project)
    specs = [
        dg.AssetSpec(
            key=dg.AssetKey([table["source"], table["name"]]),
            description=table["description"],
            group_name="raw",
            kinds={"parquet"},
        )
        for table in tables
    ]

    @dg.multi_asset(specs=specs, name="take_in")
    def take_in(context: dg.AssetExecutionContext, build: Build) -> Iterator[dg.MaterializeResult[None]]:
        """Take in the drop folder: identify, decode, check against the contract, keep as Parquet."""
        with in_words():
            intake = build.attempt.take_in()
        for note in intake.notes:
            context.log.warning(str(note))
        for spec in specs:
            yield dg.MaterializeResult(asset_key=spec.key, metadata=dict(intake.tables.get(spec.key.path[-1], {})))

    return take_in
