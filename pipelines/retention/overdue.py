"""What a build says about deliveries that are older than the centre wants to keep.

Belongs here: the note. Does not belong here: removing anything; a build only adds.
"""

from __future__ import annotations

from datetime import date

from pipelines.errors import Problem
from pipelines.ingest import find_outdated, months_before
from pipelines.settings import PROJECT, Settings


def overdue(settings: Settings, today: date) -> list[Problem]:
    """One note when something is older than `retention_months`; none without that setting."""
    if settings.retention_months is None:
        return []
    before = months_before(today, settings.retention_months)
    found = find_outdated(settings.lake, PROJECT / "dbt_project", before)
    if not found.go and not found.tiers:
        return []
    number = len(found.go)
    what = f"{number} {'delivery is' if number == 1 else 'deliveries are'} older than {before.isoformat()}"
    why = f"this centre keeps {settings.retention_months} months (retention_months)"
    return [Problem(what, "lake", why, f"floorwalk purge --before {before.isoformat()} --work {settings.work}")]
