"""Who was at work on which day, for how long, and how closely to plan.

Belongs here: presence and adherence of every simulated day. Does not belong here: the contacts taken meanwhile
(`contacts`) and the file they are delivered in (`exports`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.demo.people import PLANNED_MINUTES, SHIFT_HOURS, SHIFTS, People
from pipelines.demo.plan import Bools, Floats, Ints, Plan, Subject
from pipelines.demo.skills import Skills
from pipelines.demo.stories import HOVERING_REACH, HOVERING_SHARE, MINIMUM_ADHERENCE
from pipelines.demo.work import HOURS, OPENING_HOUR, is_holiday

PRESENT, LATE, ABSENT, LEAVE, OFF = range(5)
_LEAVE, _ABSENT, _LATE = 0.055, 0.012, 0.035
_HOLIDAY_LEAVE = 0.40
_MEAN_ADHERENCE, _DAILY_SPREAD = 0.928, 0.026


@dataclass(frozen=True)
class Attendance:
    """One row per simulated day, one column per agent."""

    status: Ints
    worked_minutes: Ints
    adherent_minutes: Ints
    hours: Bools
    """Shift hours: one row per agent, one column per opening hour."""

    @property
    def working(self) -> Bools:
        return np.asarray(self.status <= LATE, dtype=np.bool_)


def make_attendance(plan: Plan, people: People, skills: Skills) -> Attendance:
    """Presence and adherence of everybody on every simulated day."""
    draw = plan.stream(Subject.ATTENDANCE)
    shape = (plan.horizon, plan.agents)
    day = np.arange(plan.horizon)[:, None]
    weekday = (day + plan.first_day.weekday()) % 7
    off = ((weekday - people.day_off[None, :]) % 7 < 2) | (day < people.hire_day) | (day > people.left_day)
    leave_chance = np.where(is_holiday(plan) == 1, _HOLIDAY_LEAVE, _LEAVE)[:, None]
    luck = draw.random(shape)
    status = np.full(shape, PRESENT, dtype=np.int64)
    status[luck < leave_chance + _ABSENT + _LATE] = LATE
    status[luck < leave_chance + _ABSENT] = ABSENT
    status[luck < leave_chance] = LEAVE
    status[off] = OFF
    late = np.minimum(5 + draw.exponential(14, shape), 150)
    worked = np.where(status == LATE, PLANNED_MINUTES - late, PLANNED_MINUTES)
    worked = np.where(status <= LATE, worked, 0).astype(np.int64)
    adherent = np.minimum(np.rint(_adherence(plan, people, skills, draw) * PLANNED_MINUTES), worked)
    return Attendance(status, worked, np.where(status <= LATE, adherent, 0).astype(np.int64), shift_hours(people))


def shift_hours(people: People) -> Bools:
    """Opening hours covered by each agent's shift."""
    first = np.array([hour for _, _, hour in SHIFTS])[people.shift][:, None] - OPENING_HOUR
    hour = np.arange(HOURS)[None, :]
    return np.asarray((hour >= first) & (hour < first + SHIFT_HOURS), dtype=np.bool_)


def _adherence(plan: Plan, people: People, skills: Skills, draw: np.random.Generator) -> Floats:
    """Share of planned minutes in the planned state. One team ends most near misses just above the minimum."""
    shape = (plan.horizon, plan.agents)
    agent = np.broadcast_to(np.arange(plan.agents), shape)
    day = np.broadcast_to(np.arange(plan.horizon)[:, None], shape)
    share = _MEAN_ADHERENCE + skills.of("adherence", agent, day) + draw.normal(size=shape) * _DAILY_SPREAD
    near_miss = (share < MINIMUM_ADHERENCE) & (share >= MINIMUM_ADHERENCE - HOVERING_REACH)
    moved = near_miss & (people.team_on(agent, day) == people.hovering_team) & (draw.random(shape) < HOVERING_SHARE)
    landing = MINIMUM_ADHERENCE + 0.0005 + draw.random(shape) * 0.007
    return np.asarray(np.clip(np.where(moved, landing, share), 0.6, 1.0), dtype=np.float64)
