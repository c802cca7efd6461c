"""The known truth beside the drop: what a correct site should find out, and what it must not claim.

Belongs here: the files of the truth folder. Does not belong here: the exports, which never see it.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from pipelines.demo.centre import Centre, Tally
from pipelines.demo.dirt import Ledger
from pipelines.demo.expected import INBOUND_ONLY, expected_kpis
from pipelines.demo.files import Cell, write_delimited
from pipelines.demo.plan import LAST_DAY, Plan
from pipelines.demo.quality import grader_severity
from pipelines.demo.skills import MEASURES
from pipelines.demo.stories import account
from pipelines.demo.talks import Talks, account_of_talks
from pipelines.demo.training import COURSES

RECORD = "demo.json"


GRACE_DAYS = 60
"""Whoever has been there for fewer days at the end of a quarter is a new starter in it."""


def write_truth(folder: Path, centre: Centre, tally: Tally, talks: Talks, rows: dict[str, int], ledger: Ledger) -> None:
    """Write skills.csv, kpis.csv, stories.json, dirt.json, graders.csv, courses.csv and demo.json into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    header = ("agent_id", "quarter", "measure", "unit", "true_difference", "days_employed")
    write_delimited(folder / "skills.csv", header, _skill_rows(centre))
    header = ("agent_id", "quarter", "kpi_id", "true_value", "days_employed", "is_new_starter")
    write_delimited(folder / "kpis.csv", header, _kpi_rows(centre, tally))
    severity = grader_severity(centre.rules)
    graders = [(name, round(float(value), 3)) for name, value in zip(centre.people.graders, severity, strict=True)]
    write_delimited(folder / "graders.csv", ("grader", "true_severity_points"), graders)
    courses = [(course.course_id, course.name, course.quality_gain) for course in COURSES]
    write_delimited(folder / "courses.csv", ("course_id", "name", "true_quality_gain_points"), courses)
    planted = account(centre.plan, centre.people, centre.cast, centre.rules.coached)
    _write_json(folder / "stories.json", [*planted, *account_of_talks(centre, tally, talks)])
    _write_json(folder / "dirt.json", ledger.as_data())
    _write_json(
        folder / RECORD, {"arguments": arguments(centre.plan), "last_day": LAST_DAY.isoformat(), "true_rows": rows}
    )


def arguments(plan: Plan) -> dict[str, int]:
    """The arguments that make this centre again."""
    return {name: getattr(plan, name) for name in ("agents", "teams", "contacts", "quarters", "seed")}


def _skill_rows(centre: Centre) -> list[tuple[Cell, ...]]:
    """Mean true difference to an average colleague over the employed days of each quarter, coaching included."""
    plan, people = centre.plan, centre.people
    rows: list[tuple[Cell, ...]] = []
    for quarter, label in enumerate(plan.quarter_labels):
        days = np.arange(plan.quarter_starts[quarter], plan.quarter_starts[quarter + 1])
        agent = np.repeat(np.arange(plan.agents), len(days))
        day = np.tile(days, plan.agents)
        there = ((day >= people.hire_day[agent]) & (day <= people.left_day[agent])).reshape(plan.agents, -1)
        employed = there.sum(axis=1)
        for name, measure in MEASURES.items():
            value = centre.rules.skill(name, agent, day)
            if name == "qa":
                value = value + centre.training.quality_gain(agent, day)
            total = np.where(there, value.reshape(plan.agents, -1), 0.0).sum(axis=1)
            for index in np.flatnonzero(employed).tolist():
                mean = round(float(total[index] / employed[index]), 5)
                rows.append((people.agent_ids[index], label, name, measure.unit, mean, int(employed[index])))
    return rows


def _kpi_rows(centre: Centre, tally: Tally) -> list[tuple[Cell, ...]]:
    """Values without chance on the centre's average mix of work; none where an agent has no such work."""
    plan, people = centre.plan, centre.people
    rows: list[tuple[Cell, ...]] = []
    for quarter, kpi_id, values in expected_kpis(centre, tally.mix):
        first, end = plan.quarter_starts[quarter], plan.quarter_starts[quarter + 1]
        employed = np.minimum(end, people.left_day + 1) - np.maximum(first, people.hire_day)
        applies = np.isfinite(values) & (employed > 0)
        if kpi_id in INBOUND_ONLY:
            applies &= ~people.outbound
        for agent in np.flatnonzero(applies).tolist():
            starter = "true" if end - 1 - people.hire_day[agent] < GRACE_DAYS else "false"
            value = round(float(values[agent]), 9)
            label = plan.quarter_labels[quarter]
            rows.append((people.agent_ids[agent], label, kpi_id, value, int(employed[agent]), starter))
    return rows


def _write_json(file: Path, content: object) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False)
    file.write_bytes((text + "\n").encode("utf-8"))
