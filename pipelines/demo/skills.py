"""The known truth about people: each agent's skill per measure, and how it changes with time.

A skill is the difference to an average colleague on the same contacts. Spreads follow the method's table of assumed
spreads (resolution 5 points of first-contact resolution, CSAT 4 points, QA 4 points, handle time 12 %, transfers 2.5
points). Belongs here: skill and its parts. Does not belong here: contacts, scores and answers drawn from it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.demo.people import People
from pipelines.demo.plan import Bools, Floats, Ints, Plan, Subject
from pipelines.demo.stories import HIDDEN_HIGH, SHORT_CALLER, WEAK_AGENT, WEAK_TEAM_RESOLUTION, Cast


@dataclass(frozen=True)
class Measure:
    """One kind of skill: spread between agents and teams, new starters' lag, and its unit."""

    name: str
    unit: str
    spread: float
    team_spread: float
    starter_lag: float
    """Difference on the first day; it fades with `starter_days`."""
    starter_days: float


MEASURES = {
    measure.name: measure
    for measure in (
        Measure("resolution", "share", 0.055, 0.012, -0.15, 60),
        Measure("handle_time", "log ratio", 0.12, 0.03, 0.35, 70),
        Measure("csat", "share", 0.04, 0.008, -0.06, 60),
        Measure("qa", "points", 4.0, 0.8, -9.0, 70),
        Measure("transfer", "share", 0.025, 0.005, 0.06, 60),
        Measure("adherence", "share", 0.014, 0.003, 0.0, 60),
        Measure("complaints", "log ratio", 0.35, 0.05, 0.4, 60),
        Measure("callbacks", "share", 0.06, 0.015, -0.10, 60),
        Measure("engagement", "standard deviations", 1.0, 0.1, 0.0, 60),
    )
}
_GOOD_SIGN = {"handle_time": -1.0, "transfer": -1.0, "complaints": -1.0}
_SHARED_PART = 0.68
_QUARTERLY_DRIFT = 0.15


@dataclass(frozen=True)
class Skills:
    """True skill per agent: own part, quarterly drift, team part and starter's lag."""

    plan: Plan
    people: People
    own: dict[str, Floats]
    drift: dict[str, Floats]
    team: dict[str, Floats]

    def of(self, name: str, agent: Ints, day: Ints) -> Floats:
        """Skill `name` of each agent on each day (equally long arrays), in the measure's unit."""
        measure = MEASURES[name]
        tenure = np.maximum(day - self.people.hire_day[agent], 0)
        steady = self.own[name][agent] + self.drift[name][self.plan.quarter_of(day), agent]
        lag = measure.starter_lag * np.exp(-tenure / measure.starter_days)
        return np.asarray(steady + self.team[name][self.people.team_on(agent, day)] + lag, dtype=np.float64)


def make_skills(plan: Plan, people: People, cast: Cast) -> Skills:
    """True skills of everybody, the planted ones included. Own parts average zero within each team."""
    draw = plan.stream(Subject.SKILLS)
    shared = draw.normal(size=plan.agents)
    own: dict[str, Floats] = {}
    drift: dict[str, Floats] = {}
    team: dict[str, Floats] = {}
    ordinary = np.ones(plan.agents, dtype=np.bool_)
    ordinary[list(cast.planted)] = False
    for name, measure in MEASURES.items():
        specific = draw.normal(size=plan.agents)
        sign = _GOOD_SIGN.get(name, 1.0)
        part = sign * measure.spread * (_SHARED_PART * shared + np.sqrt(1 - _SHARED_PART**2) * specific)
        own[name] = np.clip(_centred(part, people.team, ordinary), -2.2 * measure.spread, 2.2 * measure.spread)
        steps = draw.normal(size=(plan.quarters, plan.agents)) * measure.spread * _QUARTERLY_DRIFT
        steps[0] = 0.0
        drift[name] = np.cumsum(steps, axis=0)
        effects = draw.normal(size=plan.teams) * measure.team_spread
        effects[people.weak_team] = 0.0
        team[name] = effects - effects.mean()
        team[name][people.weak_team] = 0.0
    team["resolution"][people.weak_team] = WEAK_TEAM_RESOLUTION
    _plant(own, drift, cast)
    return Skills(plan, people, own, drift, team)


def _centred(values: Floats, team: Ints, ordinary: Bools) -> Floats:
    sums = np.bincount(team, weights=np.where(ordinary, values, 0.0))
    counts = np.maximum(np.bincount(team, weights=ordinary.astype(np.float64)), 1)
    return np.asarray(values - (sums / counts)[team], dtype=np.float64)


def _plant(own: dict[str, Floats], drift: dict[str, Floats], cast: Cast) -> None:
    for name in MEASURES:
        for agent in cast.weak:
            own[name][agent] = WEAK_AGENT.get(name, 0.0)
        own[name][cast.hidden_high] = HIDDEN_HIGH.get(name, 0.0)
        own[name][list(cast.short_callers)] = SHORT_CALLER.get(name, 0.0)
        drift[name][:, list(cast.planted)] = 0.0
