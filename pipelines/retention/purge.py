"""The removal itself: planned, written down, done, receipted. One way for what is old and for what is somebody's.

Everything that is to go is written down first. Each step may be repeated, so a run that was killed anywhere is
completed by the next purge or build before it does anything else; a delivery counts until its record is gone, and then
no more.
Belongs here: the order of the steps. Does not belong here: what is old (`ingest.outdated`), what is somebody's
(`ingest.persons`), words (`aged`, `erasure`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from pipelines import ingest, rights
from pipelines.errors import FloorwalkError, Problem
from pipelines.retention import receipt, somebody, stale
from pipelines.retention.aged import Receipt, Removed
from pipelines.retention.erasure import Erasure
from pipelines.settings import PROJECT, Settings
from pipelines.site import release


def plan(settings: Settings, before: date, now: datetime) -> Receipt:
    """What is older than a day; changes nothing.

    Raises FloorwalkError for a day that has not come yet or a folder without a lake.
    """
    if before > now.date():
        fix = "name a day up to today; everything before it goes"
        raise FloorwalkError(Problem("the day lies in the future", where=before.isoformat(), fix=fix))
    _demand_lake(settings)
    found = ingest.find_outdated(settings.lake, PROJECT / "dbt_project", before)
    return Receipt(
        at=_told(now),
        before=before.isoformat(),
        deliveries=tuple(_removed(settings.lake, record) for record in found.go),
        tiers=found.tiers,
        releases=len(stale.others(settings)),
        kept=dict(Counter(reason for _, reason in found.stay)),
    )


def purge(settings: Settings, before: date, now: datetime) -> tuple[tuple[receipt.Any, ...], Path | None]:
    """Remove what is older than a day, after completing what an earlier run left half done.

    Returns what went and the newest receipt for people; an empty receipt and None when nothing had to go.
    Raises FloorwalkError: USAGE as `plan`, BUSY while a build runs.
    """
    plan(settings, before, now)  # a wrong day or folder is told before a lock file is made
    return _run(settings, lambda: plan(settings, before, now))


def plan_erasure(settings: Settings, who: somebody.Asked, now: datetime) -> Erasure:
    """What the lake holds of a person or customer; changes nothing.

    Raises FloorwalkError for a name, a folder without a lake, and a lake that is not whole.
    """
    _demand_lake(settings)
    return somebody.plan(settings, who, _told(now))


def erase(settings: Settings, who: somebody.Asked, now: datetime) -> tuple[tuple[receipt.Any, ...], Path | None]:
    """Remove everything of a person or customer; otherwise as `purge`."""
    _demand_lake(settings)
    return _run(settings, lambda: somebody.plan(settings, who, _told(now)))


def finish(settings: Settings) -> receipt.Any | None:
    """Complete what a killed run left half done; the caller holds the lock. Returns what it was."""
    receipt.clear_up(settings)
    begun = receipt.pending(settings)
    if begun is not None:
        with rights.kept(settings):
            _carry_out(settings, begun)
    return begun


def _run(settings: Settings, planned: Callable[[], receipt.Any]) -> tuple[tuple[receipt.Any, ...], Path | None]:
    with release.lock(settings), rights.kept(settings):
        release.clear_up(settings)
        receipt.clear_up(settings)
        begun = receipt.pending(settings)
        file = _carry_out(settings, begun) if begun is not None else None
        made = planned()
        if made.is_empty:
            return (begun or made,), file
        receipt.begin(settings, made)
        file = _carry_out(settings, made)
        return (begun, made) if begun is not None else (made,), file


def _carry_out(settings: Settings, planned: receipt.Any) -> Path:
    if isinstance(planned, Erasure):
        planned = somebody.remove(settings, planned)
    else:
        for removed in planned.deliveries:
            ingest.remove_delivery(settings.lake, removed.sha256, removed.files, planned.at[:10])
        ingest.remove_tiers(settings.lake, date.fromisoformat(planned.before))
    for folder in stale.others(settings):
        release.remove(settings, folder)
    stale.remove_caches(settings)
    return receipt.end(settings, planned)


def _demand_lake(settings: Settings) -> None:
    if not settings.lake.is_dir():
        fix = "name the work folder of a build: floorwalk purge --work FOLDER"
        raise FloorwalkError(Problem("there is no lake in this work folder", str(settings.work), fix=fix))


def _told(now: datetime) -> str:
    return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _removed(lake: Path, record: ingest.Record) -> Removed:
    days = [day for loaded in record.tables for day in (loaded.first_day, loaded.last_day) if day]
    return Removed(
        sha256=record.sha256,
        layout=record.layout,
        first_day=min(days).isoformat(),
        last_day=max(days).isoformat(),
        tables={
            loaded.table: {"accepted": loaded.accepted_rows, "refused": loaded.refused_rows} for loaded in record.tables
        },
        files=ingest.files_of(lake, record),
    )
