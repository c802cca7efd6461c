"""Goals of talks: which KPI, where the agent stood, what was agreed, and how it ended.

Belongs here: the figures and the law of success. Does not belong here: who talks when (`coaching`, `more_talks`), the
figures' source (`reports`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.demo.centre import Centre, Tally
from pipelines.demo.topics import SKILLS

SHARES = ("resolution_rate", "first_contact_resolution", "csat_top2")
_INBOUND_ONLY = ("first_contact_resolution", "csat_top2")
_CHANCES = {
    "resolution_rate": 30,
    "first_contact_resolution": 26,
    "average_handle_time": 12,
    "qa_score": 18,
    "csat_top2": 8,
}
_MONTHS_BACK, _LEAST_HANDLED = 3, 3
_STEP_SHARE, _STEP_TIME, _STEP_POINTS = 0.03, 0.05, 2.0
_MOST_SHARE, _MOST_POINTS = 0.95, 97.0
_FRESH_DAYS, _REVIEW_TO_COME_DAYS = 14, 12
_MET, _NOT_MET = 0.5, -0.5


@dataclass(frozen=True)
class Figures:
    """Figures of a goal, in the KPI's unit; all None where no KPI shows it."""

    kpi_id: str | None = None
    baseline: float | None = None
    target: float | None = None


@dataclass(frozen=True)
class Goal:
    """What decides how a goal ends. `seen` is the month whose report tells whether the figure moved."""

    agent: int
    figures: Figures
    day: int
    due_day: int
    seen: int


def chosen_kpi(centre: Centre, agent: int, lot: int) -> str:
    """KPI, or skill, of a goal for a lot from 0 to 99; agents who only call out have no answers and no returns."""
    passed = 0
    for kpi_id, chance in _CHANCES.items():
        passed += chance
        if lot < passed:
            return "resolution_rate" if kpi_id in _INBOUND_ONLY and centre.people.outbound[agent] else kpi_id
    return SKILLS[lot % len(SKILLS)]


def month_of(centre: Centre, day: int) -> int:
    """Index of the delivered month that a day lies in, the last one for later days."""
    found = [month.index for month in centre.plan.months[:-1] if month.first_day <= day]
    return found[-1]


def measured(tally: Tally, month: int, agent: int, kpi_id: str) -> float | None:
    """What the report of a month says; rare observations are taken from three months. None without any."""
    if kpi_id == "resolution_rate":
        return round(int(tally.resolved[month, agent]) / max(int(tally.handled[month, agent]), 1), 3)
    if kpi_id == "average_handle_time":
        return _handle_seconds(tally, month, agent)
    shown = kpi_id if kpi_id in SHARES else "qa_score"
    value = tally.reports.value(shown, agent, month - _MONTHS_BACK + 1, _MONTHS_BACK)
    return None if value is None else round(value, 3 if shown in SHARES else 1)


def _handle_seconds(tally: Tally, month: int, agent: int) -> float:
    return float(round(int(tally.handle_seconds[month, agent]) / max(int(tally.handled[month, agent]), 1)))


def agreed(tally: Tally, month: int, agent: int, kpi_id: str, steps: float) -> Figures:
    """Figures of a goal, so many usual steps from where the agent stands and within what is possible.

    The handle time where the KPI has no observations, nothing for whoever has hardly taken a contact.
    """
    if tally.handled[month, agent] < _LEAST_HANDLED:
        return Figures()
    baseline = measured(tally, month, agent, kpi_id)
    if baseline is None:
        kpi_id, baseline = "average_handle_time", _handle_seconds(tally, month, agent)
    if kpi_id in SHARES:
        target = round(min(baseline + _STEP_SHARE * steps, _MOST_SHARE), 2)
    elif kpi_id == "average_handle_time":
        target = float(round(baseline * (1 - _STEP_TIME * steps)))
    else:
        target = round(min(baseline + _STEP_POINTS * steps, _MOST_POINTS), 1)
    return Figures(kpi_id, baseline, target)


def status_of(centre: Centre, tally: Tally, goal: Goal, luck: float) -> str:
    """Open while due after the last day; of older goals the engaged act on more, the more so where the figure moved.

    What fell due in the last days and was not done is still to be reviewed.
    """
    last = centre.plan.days
    if goal.due_day >= last:
        return "agreed" if goal.day + _FRESH_DAYS >= last else "in_progress"
    moved = 0.0
    kpi_id, target = goal.figures.kpi_id, goal.figures.target
    if kpi_id is not None and target is not None:
        after = measured(tally, goal.seen, goal.agent, kpi_id)
        moved = _MET if after is not None and _is_met(kpi_id, after, target) else _NOT_MET
    engagement = float(centre.skills.of("engagement", np.array([goal.agent]), np.array([goal.day]))[0])
    if luck < 1 / (1 + np.exp(-(0.4 + 1.2 * engagement + moved))):
        return "achieved"
    return "in_progress" if goal.due_day >= last - _REVIEW_TO_COME_DAYS else "revised"


def _is_met(kpi_id: str, value: float, target: float) -> bool:
    return value <= target if kpi_id == "average_handle_time" else value >= target
