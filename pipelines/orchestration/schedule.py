"""When a build runs: the sensor on the drop folder, the nightly fallback.

Belongs here: starting runs. Does not belong here: an automation condition per asset, which would publish half a drop.
"""

# Annotations are evaluated here: Dagster reads the real types of `context` and of resources.

import time
from pathlib import Path

import dagster as dg

from pipelines.errors import FloorwalkError
from pipelines.orchestration import drop_folder
from pipelines.orchestration.build import Build

JOB = "drop_to_site"
LOOK_EVERY_SECONDS = 30
NIGHTLY = "30 2 * * *"


def drop_folder_sensor(build: Build) -> dg.SensorDefinition:
    """Runs the job once per settled content of the drop folder.

    `build` only says where the drop is: as a resource it would be opened, and hold the lock of a run in progress.
    """

    @dg.sensor(
        name="drop_folder",
        job_name=JOB,
        minimum_interval_seconds=LOOK_EVERY_SECONDS,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Starts a build when the drop folder has stopped changing and holds content not built before.",
    )
    def drop_folder_sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult:
        try:
            drop = build.settings().drop
        except FloorwalkError as error:
            return dg.SensorResult(skip_reason=str(error))
        return decide(drop, context.cursor, time.time())

    return drop_folder_sensor


def decide(drop: Path, cursor: str | None, clock_seconds: float) -> dg.SensorResult:
    """What one look at the drop leads to: a reason to wait, or a run keyed by content."""
    if not drop.is_dir():
        return dg.SensorResult(skip_reason=f"{drop} is not a folder")
    before = drop_folder.from_cursor(cursor)
    now = drop_folder.look(drop)
    if not drop_folder.settled(now, before, clock_seconds):
        kept = {name: before[name] if fact.same_stat(before.get(name)) else fact for name, fact in now.items()}
        reason = "the drop folder is empty" if not now else "files are still arriving"
        return dg.SensorResult(skip_reason=reason, cursor=drop_folder.to_cursor(kept))
    hashed = drop_folder.with_content(drop, now, before)
    request = dg.RunRequest(run_key=drop_folder.content_key(hashed), tags={"floorwalk/files": str(len(hashed))})
    return dg.SensorResult(run_requests=[request], cursor=drop_folder.to_cursor(hashed))


def nightly() -> dg.ScheduleDefinition:
    """Builds every night, for a drop folder whose changes a sensor cannot see (some network shares)."""
    return dg.ScheduleDefinition(
        name="nightly",
        job_name=JOB,
        cron_schedule=NIGHTLY,
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description="Fallback of the sensor; a night without news rewrites no page.",
    )
