"""Who works in the centre: teams, agents, roles, hire and leaving days, moves, shifts and days off.

Belongs here: the people as facts of the staff file. Does not belong here: how good they are (`skills`), when they were
present (`attendance`), who carries a planted story (`stories`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from pipelines.demo.names import people_names, team_names
from pipelines.demo.plan import NEVER, Bools, Ints, Plan, Subject

GENERAL, TECHNICAL, VIP = range(3)
SHIFTS = (("early", "早班", 8), ("middle", "中班", 9), ("late", "晚班", 13))
"""Code, Chinese name and first hour; every shift lasts nine hours with a break."""
SHIFT_HOURS = 9
PLANNED_MINUTES = 480
GRADERS_AT_LEAST = 6


@dataclass(frozen=True)
class Team:
    """One team. `roles` are dealt to its members in turn."""

    team_id: str
    name: str
    name_zh: str
    leader: str
    manager: str
    roles: tuple[int, ...]
    outbound: bool


@dataclass(frozen=True)
class People:
    """Teams, agents (one array element each) and the quality graders."""

    teams: tuple[Team, ...]
    names: tuple[tuple[str, str], ...]
    graders: tuple[str, ...]
    trainers: tuple[str, ...]
    team: Ints
    role: Ints
    outbound: Bools
    hire_day: Ints
    left_day: Ints
    move_day: Ints
    moved_to: Ints
    shift: Ints
    day_off: Ints
    """First of two neighbouring weekdays off, Monday = 0."""

    @cached_property
    def agent_ids(self) -> list[str]:
        return [f"A{index + 1:04d}" for index in range(len(self.team))]

    @cached_property
    def in_chinese(self) -> Bools:
        """Agents who speak Chinese with customers and write it; the others use English."""
        return np.array([bool(chinese) for _, chinese in self.names], dtype=np.bool_)

    def shown_name(self, agent: int) -> str:
        """Name as colleagues write it, in the agent's own language."""
        latin, chinese = self.names[agent]
        return chinese or latin

    def leader_on(self, agent: int, day: int) -> str:
        """Leader of the agent's team on a day."""
        return self.teams[int(self.team_on(np.array([agent]), np.array([day]))[0])].leader

    def team_on(self, agent: Ints, day: Ints) -> Ints:
        """Team index of each agent on each day."""
        return np.where(day >= self.move_day[agent], self.moved_to[agent], self.team[agent])

    @property
    def weak_team(self) -> int:
        """The last team that serves general queues carries the planted weakness."""
        return max(i for i, team in enumerate(self.teams) if team.roles == (GENERAL,) and not team.outbound)

    @property
    def hovering_team(self) -> int:
        """The first team; made larger than the others so that hovering can be tested within it."""
        return 0


def make_people(plan: Plan) -> People:
    """Staff of the plan's centre. Same plan, same people."""
    draw = plan.stream(Subject.PEOPLE)
    graders = max(GRADERS_AT_LEAST, plan.agents // 60)
    managers = max(1, round(plan.teams / 6))
    names = people_names(plan.agents + plan.teams + managers + graders + 6, draw)
    support = [latin for latin, _ in names[plan.agents :]]
    teams = _teams(plan, support[: plan.teams], support[plan.teams : plan.teams + managers])
    team, role, outbound = _members(plan, teams, draw)
    hire_day, left_day = _tenure(plan, draw)
    move_day, moved_to = _moves(plan, teams, team, hire_day, left_day, draw)
    return People(
        teams=teams,
        names=tuple(names[: plan.agents]),
        graders=tuple(support[plan.teams + managers : plan.teams + managers + graders]),
        trainers=tuple(support[-6:]),
        team=team,
        role=role,
        outbound=outbound,
        hire_day=hire_day,
        left_day=left_day,
        move_day=move_day,
        moved_to=moved_to,
        shift=draw.choice(3, plan.agents, p=[0.32, 0.32, 0.36]).astype(np.int64),
        day_off=draw.choice(7, plan.agents, p=[0.12, 0.12, 0.11, 0.1, 0.1, 0.33, 0.12]).astype(np.int64),
    )


def _teams(plan: Plan, leaders: list[str], managers: list[str]) -> tuple[Team, ...]:
    specialists = max(1, plan.teams // 6)
    kinds: list[tuple[tuple[int, ...], bool]] = [((GENERAL,), False)] * plan.teams
    if plan.teams == 3:
        kinds[2] = ((TECHNICAL, VIP), False)
    else:
        last = plan.teams - 1 if plan.teams >= 6 else plan.teams
        kinds[last - specialists : last] = [((VIP,), False)] * specialists
        kinds[last - 2 * specialists : last - specialists] = [((TECHNICAL,), False)] * specialists
        if plan.teams >= 6:
            kinds[-1] = ((GENERAL,), True)
    return tuple(
        Team(f"T{index + 1:02d}", *name, leaders[index], managers[index * len(managers) // plan.teams], *kind)
        for index, (name, kind) in enumerate(zip(team_names(plan.teams), kinds, strict=True))
    )


def _members(plan: Plan, teams: tuple[Team, ...], draw: np.random.Generator) -> tuple[Ints, Ints, Bools]:
    weights = draw.uniform(0.8, 1.2, plan.teams)
    weights[0] = 2.3
    spare = plan.agents - 4 * plan.teams
    exact = weights / weights.sum() * spare
    sizes = np.floor(exact).astype(np.int64) + 4
    for index in np.argsort(-(exact % 1), kind="stable")[: plan.agents - int(sizes.sum())]:
        sizes[index] += 1
    team = np.repeat(np.arange(plan.teams), sizes)
    within = np.arange(plan.agents) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    role = np.array(
        [teams[t].roles[w % len(teams[t].roles)] for t, w in zip(team, within, strict=True)], dtype=np.int64
    )
    outbound = np.array([teams[t].outbound for t in team], dtype=np.bool_)
    return team.astype(np.int64), role, outbound


def _tenure(plan: Plan, draw: np.random.Generator) -> tuple[Ints, Ints]:
    """Hire days: four in five before the data begin, the rest in monthly intakes, some within the last quarter."""
    years = draw.lognormal(np.log(2.2), 0.75, plan.agents)
    hire_day = -np.clip(years * 365, 40, 365 * 18).astype(np.int64)
    order = draw.permutation(plan.agents)
    joining, starting = max(2, plan.agents // 9), max(3, plan.agents // 20)
    intakes = np.array([month.first_day for month in plan.months[1:-4]]) + 5
    hire_day[order[:joining]] = draw.choice(intakes, joining)
    recent = np.array([plan.months[-5].first_day, plan.months[-4].first_day, plan.months[-3].first_day]) + 5
    hire_day[order[joining : joining + starting]] = recent[np.arange(starting) % 3]
    left_day = np.full(plan.agents, NEVER, dtype=np.int64)
    leavers = order[joining + starting : joining + starting + max(1, plan.agents // 15)]
    left_day[leavers] = draw.integers(plan.days // 4, plan.days - 20, len(leavers))
    return hire_day, left_day


def _moves(
    plan: Plan, teams: tuple[Team, ...], team: Ints, hire_day: Ints, left_day: Ints, draw: np.random.Generator
) -> tuple[Ints, Ints]:
    """A few established agents change to another team of the same kind on the first of a month."""
    move_day = np.full(plan.agents, NEVER, dtype=np.int64)
    moved_to = team.copy()
    general = [i for i, item in enumerate(teams) if item.roles == (GENERAL,) and not item.outbound]
    ordinary = general[1:-1]
    movable = np.flatnonzero(np.isin(team, ordinary) & (hire_day < 0) & (left_day == NEVER))
    for agent in draw.permutation(movable)[: plan.agents // 30]:
        others = [index for index in ordinary if index != team[agent]]
        if others:
            moved_to[agent] = others[int(draw.integers(len(others)))]
            move_day[agent] = plan.months[int(draw.integers(2, 3 * plan.quarters - 2))].first_day
    return move_day, moved_to
