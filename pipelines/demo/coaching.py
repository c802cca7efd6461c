"""The coaching log: programme sessions after a bad month, and routine talks with every agent.

Belongs here: sessions, their goals and what became of them. Does not belong here: who is selected and the true effect
(`stories`), further talks (`more_talks`), the words in which it is written down (`talk_words`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.demo.centre import Centre, Tally
from pipelines.demo.goals import Figures, Goal, agreed, chosen_kpi, status_of
from pipelines.demo.plan import Subject
from pipelines.demo.stories import PROGRAMMES, SELECTION_QUARTER_END
from pipelines.demo.topics import BY_KPI, Topic

FORMS = ("one_to_one", "group", "simulation")
COMMENTS = 8
"""Comments an agent may write, none being one of them."""
_ROUTINE_SHARE, _ROUTINE_KEEPS_CLEAR_DAYS = 0.42, 45
_FORM_LOTS = (0, 0, 0, 0, 0, 2)


@dataclass(frozen=True)
class CoachingRow:
    """One session and goal."""

    coaching_id: str
    goal_number: int
    agent: int
    day: int
    form: str
    programme: str
    topic: Topic
    trigger: str
    minutes: int
    figures: Figures
    due_day: int
    status: str
    comment: int
    acknowledged_day: int | None
    horizon: str = "short"


def coaching_rows(centre: Centre, tally: Tally) -> list[CoachingRow]:
    """Programme sessions and routine talks of all delivered months, by day."""
    draw = centre.plan.stream(Subject.COACHING, 2)
    rows = [*_programme_rows(centre, draw), *_routine_rows(centre, tally, draw)]
    return by_day([row for row in rows if row.day < centre.plan.days])


def by_day(rows: list[CoachingRow]) -> list[CoachingRow]:
    """The order of the log."""
    return sorted(rows, key=lambda row: (row.day, row.coaching_id, row.goal_number))


def _routine_rows(centre: Centre, tally: Tally, draw: np.random.Generator) -> list[CoachingRow]:
    """Baselines are the agent's own figures of the month before, whatever the talk is about."""
    about = centre.plan.stream(Subject.COACHING, 3)
    rows = []
    for month in centre.plan.months[1:-1]:
        for agent in range(centre.plan.agents):
            luck, day = draw.random(3), month.first_day + int(draw.integers(1, 27))
            picks, lot = draw.integers(0, 420, 6), int(about.integers(0, 100))
            there = centre.people.hire_day[agent] < month.first_day - 31 and centre.people.left_day[agent] > day
            if luck[0] > _ROUTINE_SHARE or not there or tally.handled[month.index - 1, agent] < 3:
                continue
            if near_programme(centre, agent, day):
                continue
            kpi = chosen_kpi(centre, agent, lot)
            figures = agreed(tally, month.index - 1, agent, kpi, 1)
            goal = Goal(agent, figures, day, day + 30, min(month.index + 1, len(centre.plan.months) - 2))
            rows.append(
                CoachingRow(
                    coaching_id=f"CL{month.label.replace('-', '')}-{agent + 1:04d}",
                    goal_number=1,
                    agent=agent,
                    day=day,
                    form=FORMS[_FORM_LOTS[picks[1] % 6]],
                    programme="",
                    topic=BY_KPI[kpi][picks[2] % 3],
                    trigger="reactive" if luck[1] < 0.3 else "proactive",
                    minutes=int(20 + 5 * (picks[3] % 6)),
                    figures=figures,
                    due_day=goal.due_day,
                    status=status_of(centre, tally, goal, float(luck[2])),
                    comment=int(picks[4] % COMMENTS),
                    acknowledged_day=day + int(picks[5] % 4) if picks[5] % 12 else None,
                )
            )
    return rows


def _programme_rows(centre: Centre, draw: np.random.Generator) -> list[CoachingRow]:
    """Three sessions per member with one goal each: the first on the session day of the story, then every two weeks."""
    coached = centre.rules.coached
    rows = []
    members = zip(coached.agent, coached.programme, coached.session_day, coached.baseline, strict=True)
    for agent, programme, first, baseline in members:
        for session in range(3):
            day = first + 14 * session
            rows.append(
                CoachingRow(
                    coaching_id=f"CP{programme + 1}-{agent + 1:04d}-{session + 1}",
                    goal_number=1,
                    agent=agent,
                    day=day,
                    form=FORMS[(0, 2, 0)[session]],
                    programme=PROGRAMMES[programme][0],
                    topic=BY_KPI["resolution_rate"][session],
                    trigger="reactive",
                    minutes=int(30 + 15 * draw.integers(0, 3)),
                    figures=Figures("resolution_rate", baseline, round(min(baseline + 0.05, 0.95), 2)),
                    due_day=centre.plan.day(SELECTION_QUARTER_END) + 91,
                    status=("agreed", "in_progress", "achieved")[session],
                    comment=int(draw.integers(7)),
                    acknowledged_day=day + 1,
                )
            )
    return rows


def near_programme(centre: Centre, agent: int, day: int) -> bool:
    """Whether a talk on this day would fall into the agent's coaching programme, whose effect is to be told apart."""
    days = [
        start
        for member, start in zip(centre.rules.coached.agent, centre.rules.coached.session_day, strict=True)
        if member == agent
    ]
    return any(abs(day - start) < _ROUTINE_KEEPS_CLEAR_DAYS for start in days)
