"""The planted stories: who carries them, from when, and how large the truth is.

Belongs here: sizes, the choice of people, and the account of it all for the truth folder. Does not belong here: how a
story shows in the exports (the module of that subject reads these numbers).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from pipelines.demo.people import GENERAL, SHIFTS, VIP, People
from pipelines.demo.plan import NEVER, RELEASE_DAY, Floats, Ints, Plan, Subject

WEAK_TEAM_RESOLUTION = -0.125
WEAK_AGENT = {"resolution": -0.13, "csat": -0.06, "qa": -6.0, "handle_time": 0.10}
SHORT_CALL_SHARES = (0.20, 0.12)
"""Share of incoming calls that each of these agents drops within seconds; the customers call again."""
SHORT_CALLER = {"handle_time": -0.06}
HIDDEN_HIGH = {"resolution": 0.095, "csat": 0.08, "qa": 8.0, "handle_time": -0.15}
MINIMUM_ADHERENCE = 0.90
HOVERING_REACH = 0.025
HOVERING_SHARE = 0.6
RELEASE_FCR_POINTS = -8
SELECTION_QUARTER_END = date(2026, 3, 31)
PROGRAMMES = (("Solve together", "一起解决", 0.07), ("Fast track", "快车道", 0.0))
"""English and Chinese name, and the true change of the chance to solve a contact from the day after the session."""
RAMP_SHOWN_DAYS = 180
"""An agent hired this long before the last day, or later, is told of as a ramping new starter."""


@dataclass(frozen=True)
class Cast:
    """Agents (indices) who carry a story of their own."""

    weak: tuple[int, ...]
    hidden_high: int
    short_callers: tuple[int, ...] = ()
    """As many as `SHORT_CALL_SHARES`, in that order; fewer in a centre that is too small."""

    @property
    def planted(self) -> tuple[int, ...]:
        return (*self.weak, self.hidden_high, *self.short_callers)


@dataclass
class Coached:
    """Who was taken into a coaching programme after a bad month. Filled once, when that month is known."""

    agent: list[int] = field(default_factory=list)
    programme: list[int] = field(default_factory=list)
    session_day: list[int] = field(default_factory=list)
    baseline: list[float] = field(default_factory=list)

    def boost(self, agents: int) -> tuple[Ints, Floats]:
        """First day and size of each agent's true gain; NEVER and 0 without one."""
        start, size = np.full(agents, NEVER, dtype=np.int64), np.zeros(agents)
        for agent, programme, day in zip(self.agent, self.programme, self.session_day, strict=True):
            start[agent], size[agent] = day + 1, PROGRAMMES[programme][2]
        return start, size


def choose_cast(plan: Plan, people: People) -> Cast:
    """Weak agents, a hidden high performer and two who drop calls: established, inbound, outside the weak team."""
    draw = plan.stream(Subject.CAST)
    ordinary = (people.team != people.weak_team) & ~people.outbound & (people.role != VIP)
    ordinary &= (people.hire_day < -200) & (people.left_day == NEVER) & (people.move_day == NEVER)
    candidates = draw.permutation(np.flatnonzero(ordinary))
    hidden = next(
        (int(a) for a in candidates if people.role[a] == GENERAL and SHIFTS[people.shift[a]][0] != "late"),
        int(candidates[0]),
    )
    weak: list[int] = []
    for avoid_repeats in (True, False):
        for agent in candidates:
            crowded = avoid_repeats and people.team[agent] in [people.team[other] for other in weak]
            if len(weak) < 3 and agent != hidden and agent not in weak and not crowded:
                weak.append(int(agent))
    spared = [int(agent) for agent in candidates if agent != hidden and agent not in weak]
    spared.sort(
        key=lambda agent: int(people.role[agent])
    )  # general queues first: small queues must keep their standard
    return Cast(tuple(sorted(weak)), hidden, tuple(spared[: len(SHORT_CALL_SHARES)]))


def dropped_shares(plan: Plan, cast: Cast) -> Floats:
    """Share of incoming calls that each agent drops."""
    shares = np.zeros(plan.agents)
    for agent, share in zip(cast.short_callers, SHORT_CALL_SHARES, strict=False):
        shares[agent] = share
    return shares


def select_for_coaching(plan: Plan, people: People, cast: Cast, handled: Ints, resolved: Ints) -> Coached:
    """Both programmes take, in turn, the agents with the lowest recorded resolution rate of the selection month.

    `handled` and `resolved` are counts per agent in that month. Nobody from the planted stories or the weak team.
    """
    draw = plan.stream(Subject.COACHING, 1)
    month_end = plan.day(SELECTION_QUARTER_END)
    eligible = (people.team != people.weak_team) & ~people.outbound & (handled >= 5)
    eligible &= (people.hire_day < month_end - 200) & (people.left_day == NEVER)
    eligible[list(cast.planted)] = False
    rate = np.where(handled > 0, resolved / np.maximum(handled, 1), 1.0)
    candidates = np.flatnonzero(eligible)
    worst_first = candidates[np.argsort(rate[candidates], kind="stable")]
    coached = Coached()
    for place, agent in enumerate(worst_first[: 2 * max(2, round(0.13 * len(candidates)))]):
        coached.agent.append(int(agent))
        coached.programme.append(place % 2)
        coached.session_day.append(month_end + int(draw.integers(2, 16)))
        coached.baseline.append(round(float(rate[agent]), 3))
    return coached


def account(plan: Plan, people: People, cast: Cast, coached: Coached) -> list[dict[str, object]]:
    """Every planted story as plain data: what, who, since when, how large."""
    ids = people.agent_ids
    teams = [team.team_id for team in people.teams]
    release = RELEASE_DAY.isoformat()
    starters = [i for i in range(plan.agents) if people.hire_day[i] > plan.days - RAMP_SHOWN_DAYS]
    stories: list[dict[str, object]] = [
        {
            "story": "centre_wide_fall",
            "what": "fewer matters are solved at first contact after a release",
            "since": release,
            "kpi": "first_contact_resolution",
            "size_points": RELEASE_FCR_POINTS,
        },
        {
            "story": "weak_team",
            "team_id": teams[people.weak_team],
            "kpi": "resolution",
            "size": WEAK_TEAM_RESOLUTION,
            "note": "difference of the chance to solve a contact; about 0.8 of it shows as first-contact resolution",
        },
        {
            "story": "hidden_high_performer",
            "agent_id": ids[cast.hidden_high],
            "size": HIDDEN_HIGH,
            "note": "takes mostly technical contacts, so unadjusted figures look average",
        },
        {
            "story": "hovering_above_minimum",
            "team_id": teams[people.hovering_team],
            "kpi": "adherence",
            "minimum": MINIMUM_ADHERENCE,
            "note": f"{HOVERING_SHARE:.0%} of days that would fall just below the line end just above it",
        },
        {
            "story": "ramping_new_starters",
            "agents": [
                {"agent_id": ids[i], "hire_date": plan.date(int(people.hire_day[i])).isoformat()} for i in starters
            ],
        },
    ]
    shares = list(zip(cast.short_callers, SHORT_CALL_SHARES, strict=False))
    dropping = [{"agent_id": ids[agent], "share_of_calls": share} for agent, share in shares]
    for name, note in (
        ("short_calls", "handle time looks excellent because these calls last under ten seconds"),
        ("early_release", "the agent ends these calls and other conversations early; the customers call again"),
    ):
        stories.append({"story": name, "agents": dropping, "note": note})
    stories += [{"story": "weak_agent", "agent_id": ids[agent], "size": WEAK_AGENT} for agent in cast.weak]
    for number, (name, name_zh, size) in enumerate(PROGRAMMES):
        members = [i for i, programme in enumerate(coached.programme) if programme == number]
        stories.append(
            {
                "story": "coaching_programme",
                "programme": name,
                "programme_zh": name_zh,
                "kpi": "resolution",
                "true_effect": size,
                "selected_after": f"a low recorded resolution rate in {SELECTION_QUARTER_END:%Y-%m}",
                "agents": [
                    {"agent_id": ids[coached.agent[i]], "session": plan.date(coached.session_day[i]).isoformat()}
                    for i in members
                ],
            }
        )
    return stories
