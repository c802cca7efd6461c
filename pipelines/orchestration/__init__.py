"""Dagster around the arrows of `stages`: assets, checks, job, sensor, schedule. The only importer of dagster.

Belongs here: how a run is seen and started in Dagster. Does not belong here: the work (`stages` and below); an asset
calls one plain function, so a laptop, a test and cron build the same site without Dagster.
"""

from __future__ import annotations

import dagster as dg

from pipelines.orchestration import dbt_models, raw_exports, schedule, website
from pipelines.orchestration.build import Build
from pipelines.settings import PROJECT


def definitions(build: Build | None = None) -> dg.Definitions:
    """All definitions, built when asked for. Settings choose drop and work folder when `build` is left out.

    One process runs all steps: each is short beside the start of a process, and they share the run's database file.
    """
    build = build or Build()
    job = dg.define_asset_job(
        schedule.JOB,
        selection=dg.AssetSelection.all(),
        executor_def=dg.in_process_executor,
        description="The whole chain as one unit: take in the drop, compute the marts, render, verify, switch.",
    )
    return dg.Definitions(
        assets=[
            raw_exports.assets(PROJECT / "dbt_project"),
            dbt_models.assets(dbt_models.current_manifest(PROJECT / "dbt_project")),
            website.website,
        ],
        jobs=[job],
        sensors=[schedule.drop_folder_sensor(build)],
        schedules=[schedule.nightly()],
        resources={"build": build},
        executor=dg.in_process_executor,
    )
