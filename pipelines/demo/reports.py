"""What the centre's own monthly reports say about each agent: the figures that leaders bring to a talk.

Belongs here: counting a month's answers, repeats and evaluations per agent. Does not belong here: what was agreed on
the strength of them (`goals`), the truth behind them (`expected`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from pipelines.demo.arrivals import NOBODY
from pipelines.demo.contacts import Contacts
from pipelines.demo.feedback import Surveys
from pipelines.demo.forms import ITEMS
from pipelines.demo.plan import Bools, Floats, Ints, Month, Plan
from pipelines.demo.quality import CALIBRATION, Scores
from pipelines.demo.work import OUTBOUND_QUEUE

_REPEAT_DAYS = 7
_CONTENT = 4
_DAY = 86_400
_KPIS = ("first_contact_resolution", "csat_top2", "qa_score")


@dataclass(frozen=True)
class Reports:
    """Counts and sums per KPI: one row per month, one column per agent."""

    n: Mapping[str, Floats]
    o: Mapping[str, Floats]

    def add(self, month: Month, contacts: Contacts, following: Ints, surveys: Surveys, scores: Scores) -> None:
        """Count a month. `following` is the place of each customer's next contact about the same reason."""
        known = contacts.answered & (contacts.queue != OUTBOUND_QUEUE) & (contacts.customer != NOBODY)
        self._count(month, "first_contact_resolution", contacts.agent[known], ~_came_again(contacts, following)[known])
        self._count(month, "csat_top2", surveys.agent, surveys.score >= _CONTENT)
        own = scores.evaluations.kind != CALIBRATION
        self._count(month, "qa_score", scores.evaluations.agent[own], form_points(scores)[own])

    def _count(self, month: Month, kpi_id: str, agent: Ints, value: Floats | Bools) -> None:
        agents = self.n[kpi_id].shape[1]
        self.n[kpi_id][month.index] += np.bincount(agent, minlength=agents)
        self.o[kpi_id][month.index] += np.bincount(agent, weights=value, minlength=agents)

    def value(self, kpi_id: str, agent: int, first_month: int, months: int) -> float | None:
        """Mean over some months; None without observations."""
        chosen = slice(max(first_month, 0), first_month + months)
        n = float(self.n[kpi_id][chosen, agent].sum())
        return float(self.o[kpi_id][chosen, agent].sum()) / n if n > 0 else None


def empty_reports(plan: Plan) -> Reports:
    """Reports of nothing, for the months of the plan and the month after."""
    shape = (len(plan.months), plan.agents)
    return Reports({kpi: np.zeros(shape) for kpi in _KPIS}, {kpi: np.zeros(shape) for kpi in _KPIS})


def form_points(scores: Scores) -> Floats:
    """Score of each form out of 100: points over possible points of the items that apply and are not critical."""
    counts = scores.applicable & ~np.array([item.is_critical for item in ITEMS])[None, :]
    limit = np.array([item.max_points for item in ITEMS], dtype=np.float64)
    possible = np.maximum((counts * limit).sum(axis=1), 1.0)
    return np.asarray(100 * (counts * scores.points).sum(axis=1) / possible, dtype=np.float64)


def _came_again(contacts: Contacts, following: Ints) -> Bools:
    moment = contacts.day * _DAY + contacts.second
    return np.asarray((following != NOBODY) & (moment[following] - moment <= _REPEAT_DAYS * _DAY), dtype=np.bool_)
