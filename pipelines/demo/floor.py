"""The floor on a given hour: who is there for which queue, and how long customers wait.

Belongs here: routing and waiting. Does not belong here: presence itself (`attendance`) and the contacts (`contacts`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from pipelines.demo.attendance import Attendance
from pipelines.demo.people import GENERAL, TECHNICAL, VIP, People
from pipelines.demo.plan import Floats, Ints, Plan
from pipelines.demo.skills import Skills
from pipelines.demo.stories import Cast, Coached, dropped_shares
from pipelines.demo.work import (
    BILLING,
    ENQUIRIES,
    HOURS,
    ORDERS,
    OUTBOUND_QUEUE,
    QUEUES,
    TECHNICAL_QUEUE,
    VIP_QUEUE,
    hourly_demand,
)

_MAIN, _SIDE = 20, 2
_HIDDEN_ROUTING = {TECHNICAL_QUEUE: 60, BILLING: 2, ENQUIRIES: 1, ORDERS: 1}
_GENERAL_QUEUES = (ENQUIRIES, BILLING, ORDERS)
_ROLE_QUEUES = {GENERAL: _GENERAL_QUEUES, TECHNICAL: (TECHNICAL_QUEUE,), VIP: (VIP_QUEUE,)}
_QUEUE_PACE = {
    ENQUIRIES: 0.38,
    BILLING: 0.32,
    ORDERS: 0.34,
    TECHNICAL_QUEUE: 0.68,
    VIP_QUEUE: 0.85,
    OUTBOUND_QUEUE: 1.5,
}
"""Contacts an agent of the queue takes, relative to the others; the three general queues share their agents."""
_IN_TRAINING_DAYS, _EASY_START_DAYS = 10, 45


@dataclass
class Rules:
    """Everything a month's contacts are drawn from."""

    plan: Plan
    people: People
    skills: Skills
    attendance: Attendance
    cast: Cast
    coached: Coached = field(default_factory=Coached)

    def __post_init__(self) -> None:
        self.hourly_demand: Floats = hourly_demand(self.plan)
        self.routing: Ints = _routing(self.people, self.cast)
        self.cumulative_queues: Floats = _cumulative_queues(self.people)
        self.dropped_share: Floats = dropped_shares(self.plan, self.cast)

    def skill(self, name: str, agent: Ints, day: Ints) -> Floats:
        """True skill of each agent on each day, coaching included."""
        value = self.skills.of(name, agent, day)
        if name == "resolution" and self.coached.agent:
            start, size = self.coached.boost(self.plan.agents)
            value = value + np.where(day >= start[agent], size[agent], 0.0)
        return value


def _routing(people: People, cast: Cast) -> Ints:
    """Weight of each agent (columns) in each queue (rows): own queues, and a little of the others' as overflow."""
    table = np.zeros((len(QUEUES), len(people.team)), dtype=np.int64)
    for agent, role in enumerate(people.role):
        if people.outbound[agent]:
            table[OUTBOUND_QUEUE, agent] = _MAIN
            continue
        table[:OUTBOUND_QUEUE, agent] = _SIDE
        for queue in _ROLE_QUEUES[int(role)]:
            table[queue, agent] = _MAIN
    for queue, weight in _HIDDEN_ROUTING.items():
        table[queue, cast.hidden_high] = weight
    return table


def _cumulative_queues(people: People) -> Floats:
    """Cumulative share of each queue in demand, in step with the people who serve it."""
    served = np.zeros(len(QUEUES))
    for queue, pace in _QUEUE_PACE.items():
        if queue == OUTBOUND_QUEUE:
            staff = people.outbound.sum()
        else:
            roles = [role for role, queues in _ROLE_QUEUES.items() if queue in queues]
            staff = (np.isin(people.role, roles) & ~people.outbound).sum()
        served[queue] = pace * staff
    return np.asarray(np.cumsum(served / served.sum())[:-1], dtype=np.float64)


def readiness(people: People, agent: Ints, day: Ints) -> Ints:
    """How many contacts each agent is given on each day, relative to others: none at first, then half, then all."""
    tenure = day - people.hire_day[agent]
    return np.where(tenure < _IN_TRAINING_DAYS, 0, np.where(tenure < _EASY_START_DAYS, 1, 2))


class Floor:
    """Staff of some days, hour by hour: first_day <= day < end_day."""

    def __init__(self, rules: Rules, first_day: int, end_day: int) -> None:
        self._first, self._agents = first_day, rules.plan.agents
        working = rules.attendance.working[first_day:end_day]
        ready = readiness(rules.people, np.arange(rules.plan.agents)[None, :], np.arange(first_day, end_day)[:, None])
        present = (working * ready)[:, None, :] * rules.attendance.hours.T[None, :, :]
        weights = present[:, :, None, :] * rules.routing[None, None, :, :]
        self._upto: Ints = np.cumsum(weights.ravel())
        self._load = _load(rules, first_day, end_day)

    def _cell(self, day: Ints, hour: Ints, queue: Ints) -> Ints:
        return ((day - self._first) * HOURS + hour) * len(QUEUES) + queue

    def assign(self, day: Ints, hour: Ints, queue: Ints, luck: Floats) -> Ints:
        """Agent of each contact, by routing weight among those present; -1 when nobody serves the queue then."""
        cell = self._cell(day, hour, queue)
        end = self._upto[(cell + 1) * self._agents - 1]
        start = np.where(cell > 0, self._upto[np.maximum(cell * self._agents - 1, 0)], 0)
        place = start + np.floor(luck * (end - start)).astype(np.int64)
        found = np.searchsorted(self._upto, place, side="right") % self._agents
        return np.where(end > start, found, -1)

    def wait_seconds(self, day: Ints, hour: Ints, queue: Ints, draw: np.random.Generator) -> Ints:
        """Seconds until somebody would be free: often none, otherwise longer the busier the hour; VIPs wait half."""
        mean = np.clip(22 * np.exp(2.0 * (self._load[day - self._first, hour] - 1)), 4, 1200)
        mean = np.where(queue == VIP_QUEUE, mean / 2, mean)
        at_once = draw.random(len(day)) < np.clip(0.55 - 0.25 * (mean / 22 - 1), 0.02, 0.8)
        wait = np.where(at_once, draw.integers(1, 6, len(day)), 3 + draw.exponential(size=len(day)) * mean * 1.6)
        return np.rint(np.minimum(wait, 5400)).astype(np.int64)


def _load(rules: Rules, first_day: int, end_day: int) -> Floats:
    """Demand over inbound staff per day and hour, 1 on average over the delivered days; holds at 0.3 to 3."""
    inbound = ~rules.people.outbound
    staff = rules.attendance.working[:, inbound].astype(np.float64) @ rules.attendance.hours[inbound].astype(np.float64)
    delivered = slice(0, rules.plan.days)
    usual = rules.hourly_demand[delivered].sum() / staff[delivered].sum()
    load = rules.hourly_demand[first_day:end_day] / np.maximum(staff[first_day:end_day], 0.5) / usual
    return np.asarray(np.clip(load, 0.3, 3.0), dtype=np.float64)
