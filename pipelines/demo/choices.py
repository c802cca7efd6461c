"""What agents allow: their name beside points and badges, beside a model case, and being asked as a mentor.

Belongs here: who chose what, and when. Does not belong here: the file (`exports_coaching`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.demo.centre import Centre
from pipelines.demo.plan import NEVER, Subject

_NOT_NAMED, _NAMED_ON_PURPOSE = 0.04, 0.10
_CASES_AGREED, _CASES_REFUSED, _MENTORS, _EXPERIENCED_DAYS = 0.60, 0.08, 0.25, 365
_CHANGED_MIND, _CHANGED_AFTER_DAYS = 0.03, 60


@dataclass(frozen=True)
class Choice:
    """One choice from one day on."""

    agent: int
    choice: str
    is_agreed: bool
    day: int


def agent_choices(centre: Centre) -> list[Choice]:
    """Choices of current agents, by day. Most never say anything about recognition; a few change their mind."""
    plan, people = centre.plan, centre.people
    draw = plan.stream(Subject.CHOICES)
    there = np.flatnonzero((people.left_day == NEVER) & (people.hire_day < plan.days))
    unnamed = _unnamed(there.tolist(), draw)
    found: list[Choice] = []
    for agent in there.tolist():
        luck, since = draw.random(4), max(int(people.hire_day[agent]) + 14, 0)
        if since >= plan.days:
            continue
        days = draw.integers(since, plan.days, 3).tolist()
        if agent in unnamed or luck[0] < _NAMED_ON_PURPOSE:
            found.append(Choice(agent, "recognition", agent not in unnamed, days[0]))
        if luck[1] < _CASES_AGREED + _CASES_REFUSED:
            found += _perhaps_changed(agent, bool(luck[1] < _CASES_AGREED), days[1], float(luck[2]), plan.days)
        if luck[3] < _MENTORS and plan.days - people.hire_day[agent] > _EXPERIENCED_DAYS:
            found.append(Choice(agent, "mentor", True, days[2]))
    return sorted(found, key=lambda choice: (choice.day, choice.agent, choice.choice))


def _unnamed(there: list[int], draw: np.random.Generator) -> set[int]:
    """Who wants no name beside points and badges: about one in 25, at least one."""
    order = draw.permutation(len(there)).tolist()
    return {there[place] for place in order[: max(1, round(_NOT_NAMED * len(there)))]}


def _perhaps_changed(agent: int, is_agreed: bool, day: int, luck: float, last: int) -> list[Choice]:
    first = Choice(agent, "model_case", is_agreed, day)
    later = day + _CHANGED_AFTER_DAYS
    if luck < _CHANGED_MIND and later < last:
        return [first, Choice(agent, "model_case", not is_agreed, later)]
    return [first]
