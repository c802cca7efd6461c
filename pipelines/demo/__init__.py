"""A believable call centre from a fixed seed, written as raw exports with the known truth beside them.

Belongs here: `write_demo` and `write_next_day`. Does not belong here: reading the exports (`pipelines.ingest` with the
layouts dbt_project/exports/demo_*.yml); nothing of the truth ever enters the drop folder.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import TypeVar

import numpy as np

from pipelines.demo.callbacks import Callbacks
from pipelines.demo.centre import Centre, MonthOfWork, empty_tally, make_centre, months_of_work
from pipelines.demo.dirt import Ledger
from pipelines.demo.exports_coaching import write_talks
from pipelines.demo.exports_contacts import (
    write_callbacks,
    write_complaints,
    write_contacts,
    write_day_of_contacts,
    write_surveys,
)
from pipelines.demo.exports_people import write_events, write_ratings, write_staff, write_training
from pipelines.demo.exports_quality import write_scores
from pipelines.demo.exports_workforce import attendance_lines, write_attendance, write_attendance_file
from pipelines.demo.feedback import Complaints, Surveys
from pipelines.demo.files import write_delimited
from pipelines.demo.plan import checked_plan
from pipelines.demo.stories import SELECTION_QUARTER_END
from pipelines.demo.talks import make_talks
from pipelines.demo.truth import RECORD, write_truth
from pipelines.errors import FloorwalkError, Problem
from pipelines.progress import Progress, Silent

__all__ = ["write_demo", "write_next_day"]

Rows = TypeVar("Rows", Surveys, Complaints, Callbacks)
Feedback = TypeVar("Feedback", Surveys, Complaints)


def write_demo(
    folder: Path,
    *,
    agents: int = 150,
    teams: int = 12,
    contacts: int = 400_000,
    quarters: int = 6,
    seed: int = 20250401,
    progress: Progress | None = None,
) -> Path:
    """Write exports of every contract table into `folder`/drop and the truth into `folder`/truth; return the drop.

    About `contacts` rows over `quarters` quarters ending on 2026-09-30. Same arguments, same bytes. Replaces an earlier
    demo in `folder`; raises FloorwalkError for impossible sizes and when `folder`/drop is not a demo's.
    """
    plan = checked_plan(agents, teams, contacts, quarters, seed)
    listener = progress or Silent()
    drop, truth = folder / "drop", folder / "truth"
    _clear(drop, truth)
    centre, ledger, tally = make_centre(plan), Ledger(), empty_tally(plan)
    delivered = plan.months[:-1]
    listener.stage("demo contacts", len(delivered))
    rows = {"contacts": 0, "surveys": 0, "complaints": 0, "callbacks": 0}
    surveys: list[Surveys] = []
    complaints: list[Complaints] = []
    callbacks: list[Callbacks] = []
    for work in months_of_work(centre, delivered, tally):
        write_contacts(centre, drop, work.month, work.contacts, ledger)
        write_scores(centre, drop, work.month, work.scores, work.reviews)
        surveys.append(work.surveys)
        complaints.append(work.complaints)
        callbacks.append(work.callbacks)
        rows["contacts"] += len(work.contacts)
        listener.advance(note=work.month.label)
    listener.stage("demo other exports", 3)
    rows["surveys"] = _write_survey_quarters(centre, drop, surveys, ledger)
    rows["complaints"] = _write_all_complaints(centre, drop, complaints, ledger)
    rows["callbacks"] = _write_callback_quarters(centre, drop, callbacks)
    listener.advance(note="surveys, complaints and call-backs")
    for month in delivered:
        write_attendance(centre, drop, tally, month, ledger)
    talks = make_talks(centre, tally)
    write_talks(centre, drop, talks)
    listener.advance(note="attendance and coaching")
    write_staff(centre, drop)
    write_training(centre, drop, ledger)
    write_ratings(centre, drop)
    write_events(centre, drop)
    _write_stray_file(drop, ledger)
    write_truth(truth, centre, tally, talks, rows, ledger)
    listener.advance(note="people, training, ratings, truth")
    return drop


def write_next_day(
    folder: Path,
    *,
    agents: int = 150,
    teams: int = 12,
    contacts: int = 400_000,
    quarters: int = 6,
    seed: int = 20250401,
    progress: Progress | None = None,
) -> Path:
    """Add the exports of the day after the last one (2026-10-01) to `folder`/drop; return the drop.

    Contacts, surveys, complaints and attendance of the centre that the same arguments give `write_demo`. The earlier
    exports need not be there. Same arguments, same bytes; raises FloorwalkError for impossible sizes.
    """
    plan = checked_plan(agents, teams, contacts, quarters, seed)
    listener = progress or Silent()
    drop, day = folder / "drop", plan.days
    centre, tally = make_centre(plan), empty_tally(plan)
    selection = next(m.index for m in plan.months if m.end_day == plan.day(SELECTION_QUARTER_END) + 1)
    before = plan.months[max(selection - 1, 0) : selection + 1]
    listener.stage("demo next day", len(before) + 2)
    for work in months_of_work(centre, before, tally):
        listener.advance(note=work.month.label)
    latest: list[MonthOfWork] = []
    for work in months_of_work(centre, plan.months[-2:], tally):
        latest.append(work)
        listener.advance(note=work.month.label)
    new = latest[1].contacts
    write_day_of_contacts(centre, drop, new.take(new.day == day))
    label = plan.date(day).isoformat()
    answers = _by_time(_joined(Surveys, [work.surveys for work in latest]))
    write_surveys(centre, drop / "surveys" / f"surveys_{label}.csv", answers.take(answers.day == day))
    arrived = _by_time(_joined(Complaints, [work.complaints for work in latest]))
    write_complaints(centre, drop / "complaints" / f"complaints_{label}.jsonl", arrived.take(arrived.day == day))
    lines = attendance_lines(centre, tally, day, day + 1)
    write_attendance_file(drop / "workforce" / f"考勤_{label}.csv", f"考勤日报 {label}", lines)
    return drop


def _clear(drop: Path, truth: Path) -> None:
    """Remove an earlier demo; refuse to touch anything else."""
    if drop.exists() and any(drop.iterdir()) and not (truth / RECORD).is_file():
        raise FloorwalkError(
            Problem(
                "this folder holds exports that no demo wrote", where=str(drop), fix="name another folder for the demo"
            )
        )
    for old in (drop, truth):
        if old.exists():
            shutil.rmtree(old)
    truth.mkdir(parents=True)
    (truth / RECORD).write_bytes(b"{}\n")


def _write_survey_quarters(centre: Centre, drop: Path, parts: Sequence[Surveys], ledger: Ledger) -> int:
    """One file per quarter of answering; the second one is dirty. Returns the number of true answers."""
    plan, surveys, count = centre.plan, _by_time(_joined(Surveys, parts)), 0
    bounds = zip(plan.quarter_labels, plan.quarter_starts[:-1], plan.quarter_starts[1:], strict=True)
    for quarter, (label, first, following) in enumerate(bounds):
        chosen = surveys.take((surveys.day >= first) & (surveys.day < following))
        write_surveys(centre, drop / "surveys" / f"surveys_{label}.csv", chosen, ledger if quarter == 1 else None)
        count += len(chosen.number)
    return count


def _write_all_complaints(centre: Centre, drop: Path, parts: Sequence[Complaints], ledger: Ledger) -> int:
    complaints = _by_time(_joined(Complaints, parts))
    delivered = complaints.take(complaints.day < centre.plan.days)
    write_complaints(centre, drop / "complaints" / "complaints.jsonl", delivered, ledger)
    return len(delivered.number)


def _write_callback_quarters(centre: Centre, drop: Path, parts: Sequence[Callbacks]) -> int:
    """One file per quarter of promising. Returns the number of promises."""
    plan, count = centre.plan, 0
    promises = _joined(Callbacks, parts)
    promises = promises.take(np.lexsort((promises.number, promises.promised_minute)))
    day = promises.promised_minute // 1440
    for label, first, following in zip(
        plan.quarter_labels, plan.quarter_starts[:-1], plan.quarter_starts[1:], strict=True
    ):
        chosen = promises.take((day >= first) & (day < following))
        write_callbacks(centre, drop / "callbacks" / f"回访_{label}.csv", chosen)
        count += len(chosen.number)
    return count


def _joined(kind: type[Rows], parts: Sequence[Rows]) -> Rows:
    """One table of several."""
    return kind(*(np.concatenate([getattr(part, item.name) for part in parts]) for item in fields(kind)))


def _by_time(rows: Feedback) -> Feedback:
    return rows.take(np.lexsort((rows.number, rows.second, rows.day)))


def _write_stray_file(drop: Path, ledger: Ledger) -> None:
    """A file nobody asked for, as drop folders have them; no layout knows it."""
    rows = [(f"trunk-{number:02d}", 30, 18 + number % 7) for number in range(1, 13)]
    write_delimited(drop / "telephony" / "trunk_utilisation.csv", ("trunk", "lines", "busy_hour_peak"), rows)
    ledger.unrecognised.append("telephony/trunk_utilisation.csv")
