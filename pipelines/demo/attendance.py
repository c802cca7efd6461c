"""Who was at work on which day, for how long, and how closely to plan.

Belongs here: presence and adherence of every simulated day. Does not belong here: the contacts taken meanwhile
(`contacts`) and the file they are delivered in (`exports`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.demo.luck import exponential_nodes, normal_nodes
from pipelines.demo.people import PLANNED_MINUTES, SHIFT_HOURS, SHIFTS, People
from pipelines.demo.plan import Bools, Floats, Ints, Plan, Subject
from pipelines.demo.skills import Skills
from pipelines.demo.stories import HOVERING_REACH, HOVERING_SHARE, MINIMUM_ADHERENCE
from pipelines.demo.work import HOURS, OPENING_HOUR, is_holiday

PRESENT, LATE, ABSENT, LEAVE, OFF = range(5)
_LEAVE, _ABSENT, _LATE = 0.055, 0.004, 0.035
_HOLIDAY_LEAVE = 0.40
_LANDING, _SHARE_RANGE = (0.0005, 0.007), (0.6, 1.0)
_LATE_LEAST, _LATE_MORE, _LATE_MOST = 5, 14, 150
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
    off = _is_off(plan, people, np.arange(plan.agents)[None, :], np.arange(plan.horizon)[:, None])
    leave_chance = _leave_chance(plan)[:, None]
    luck = draw.random(shape)
    status = np.full(shape, PRESENT, dtype=np.int64)
    status[luck < leave_chance + _ABSENT + _LATE] = LATE
    status[luck < leave_chance + _ABSENT] = ABSENT
    status[luck < leave_chance] = LEAVE
    status[off] = OFF
    late = np.minimum(_LATE_LEAST + draw.exponential(_LATE_MORE, shape), _LATE_MOST)
    worked = np.where(status == LATE, PLANNED_MINUTES - late, PLANNED_MINUTES)
    worked = np.where(status <= LATE, worked, 0).astype(np.int64)
    adherent = np.minimum(np.rint(_adherence(plan, people, skills, draw) * PLANNED_MINUTES), worked)
    return Attendance(status, worked, np.where(status <= LATE, adherent, 0).astype(np.int64), shift_hours(people))


def expected_adherence(plan: Plan, people: People, skills: Skills, agent: Ints, day: Ints) -> tuple[Floats, Floats]:
    """Share of planned minutes in the planned state on each day of an agent that is not leave, and that day's chance.

    Absence without leave counts as no minutes. The chance is 0 on free days.
    """
    leave = _leave_chance(plan)[day]
    mean = _MEAN_ADHERENCE + skills.of("adherence", agent, day)
    hovering = people.team_on(agent, day) == people.hovering_team
    usual, late = _mean_shares(mean, hovering)
    due = 1 - leave
    share = ((due - _ABSENT - _LATE) * usual + _LATE * late) / due
    return np.asarray(share, dtype=np.float64), np.where(_is_off(plan, people, agent, day), 0.0, due)


def _mean_shares(mean: Floats, hovering: Bools) -> tuple[Floats, Floats]:
    """Expected share on a day in time and on a late day."""
    means = np.linspace(0.80, 1.05, 126)
    share = means[:, None] + _DAILY_SPREAD * normal_nodes(400)[None, :]
    near_miss = (share < MINIMUM_ADHERENCE) & (share >= MINIMUM_ADHERENCE - HOVERING_REACH)
    landing = MINIMUM_ADHERENCE + _LANDING[0] + _LANDING[1] / 2
    moved = np.where(near_miss, (1 - HOVERING_SHARE) * share + HOVERING_SHARE * landing, share)
    lateness = np.minimum(_LATE_LEAST + _LATE_MORE * exponential_nodes(50), _LATE_MOST)
    worked = 1 - lateness / PLANNED_MINUTES
    found = []
    for values in (share, moved):
        present = np.clip(values, *_SHARE_RANGE)
        late = np.minimum(present[:, :, None], worked).mean(axis=(1, 2))
        found.append((np.interp(mean, means, present.mean(axis=1)), np.interp(mean, means, late)))
    (usual, late), (usual_near, late_near) = found
    return np.where(hovering, usual_near, usual), np.where(hovering, late_near, late)


def _leave_chance(plan: Plan) -> Floats:
    return np.where(is_holiday(plan) == 1, _HOLIDAY_LEAVE, _LEAVE)


def _is_off(plan: Plan, people: People, agent: Ints, day: Ints) -> Bools:
    weekday = (day + plan.first_day.weekday()) % 7
    off = (weekday - people.day_off[agent]) % 7 < 2
    return np.asarray(off | (day < people.hire_day[agent]) | (day > people.left_day[agent]), dtype=np.bool_)


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
    landing = MINIMUM_ADHERENCE + _LANDING[0] + draw.random(shape) * _LANDING[1]
    return np.asarray(np.clip(np.where(moved, landing, share), *_SHARE_RANGE), dtype=np.float64)
