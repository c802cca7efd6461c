"""The coaching log: programme sessions after a bad month, and routine talks with every agent.

Belongs here: sessions and what was agreed. Does not belong here: who is selected and the true effect (`stories`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.demo.centre import Centre, Tally
from pipelines.demo.plan import Subject
from pipelines.demo.stories import PROGRAMMES, SELECTION_QUARTER_END

FORMS = ("one_to_one", "group", "simulation")
_TOPICS = {
    "resolution_rate": (
        "Ask until the need is clear / 把需求问清楚",
        "Use the knowledge base before escalating / 升级前先查知识库",
        "Confirm the solution before closing / 结束前确认问题已解决",
    ),
    "average_handle_time": (
        "Structure of the conversation / 通话结构",
        "Short, complete notes / 小结简明完整",
        "Finding articles faster / 更快找到知识条目",
    ),
}
_COMMENTS = (
    "",
    "The example calls helped. I would like more of them.",
    "听了录音才发现自己问得太快。",
    "I need a second screen to follow this through.",
    "目标可以做到，希望系统响应再快一点。",
    "Agreed. Please listen to two of my calls next week.",
    "先从简单的问题开始练。",
)
_ROUTINE_SHARE, _ROUTINE_KEEPS_CLEAR_DAYS = 0.42, 45


@dataclass(frozen=True)
class CoachingRow:
    """One session and goal. Values are in the KPI's unit: a share, or seconds."""

    coaching_id: str
    goal_number: int
    agent: int
    day: int
    form: str
    programme: str
    topic: str
    trigger: str
    minutes: int
    kpi_id: str
    baseline: float
    target: float
    due_day: int
    status: str
    comment: str
    acknowledged_day: int | None


def coaching_rows(centre: Centre, tally: Tally) -> list[CoachingRow]:
    """The log of all delivered months, by day. Baselines are the agent's own figures of the month before."""
    draw = centre.plan.stream(Subject.COACHING, 2)
    rows = _programme_rows(centre, draw)
    for month in centre.plan.months[1:-1]:
        for agent in range(centre.plan.agents):
            luck, day = draw.random(3), month.first_day + int(draw.integers(1, 27))
            picks = draw.integers(0, 420, 6)
            there = centre.people.hire_day[agent] < month.first_day - 31 and centre.people.left_day[agent] > day
            if luck[0] > _ROUTINE_SHARE or not there or tally.handled[month.index - 1, agent] < 3:
                continue
            if _near_programme(centre, agent, day):
                continue
            kpi = ("resolution_rate", "average_handle_time")[picks[0] % 2]
            baseline = _measured(tally, month.index - 1, agent, kpi)
            target = round(min(baseline + 0.03, 0.95), 2) if kpi == "resolution_rate" else float(round(baseline * 0.95))
            rows.append(
                CoachingRow(
                    coaching_id=f"CL{month.label.replace('-', '')}-{agent + 1:04d}",
                    goal_number=1,
                    agent=agent,
                    day=day,
                    form=FORMS[(0, 0, 0, 0, 1, 2)[picks[1] % 6]],
                    programme="",
                    topic=_TOPICS[kpi][picks[2] % 3],
                    trigger="reactive" if luck[1] < 0.3 else "proactive",
                    minutes=int(20 + 5 * (picks[3] % 6)),
                    kpi_id=kpi,
                    baseline=baseline,
                    target=target,
                    due_day=day + 30,
                    status=_status(centre, tally, agent, kpi, target, day, float(luck[2])),
                    comment=_COMMENTS[picks[4] % len(_COMMENTS)],
                    acknowledged_day=day + int(picks[5] % 4) if picks[5] % 12 else None,
                )
            )
    delivered = [row for row in rows if row.day < centre.plan.days]
    return sorted(delivered, key=lambda row: (row.day, row.coaching_id, row.goal_number))


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
                    topic=_TOPICS["resolution_rate"][session],
                    trigger="reactive",
                    minutes=int(30 + 15 * draw.integers(0, 3)),
                    kpi_id="resolution_rate",
                    baseline=baseline,
                    target=round(min(baseline + 0.05, 0.95), 2),
                    due_day=centre.plan.day(SELECTION_QUARTER_END) + 91,
                    status=("agreed", "in_progress", "achieved")[session],
                    comment=_COMMENTS[int(draw.integers(len(_COMMENTS)))],
                    acknowledged_day=day + 1,
                )
            )
    return rows


def _near_programme(centre: Centre, agent: int, day: int) -> bool:
    days = [
        start
        for member, start in zip(centre.rules.coached.agent, centre.rules.coached.session_day, strict=True)
        if member == agent
    ]
    return any(abs(day - start) < _ROUTINE_KEEPS_CLEAR_DAYS for start in days)


def _measured(tally: Tally, month: int, agent: int, kpi: str) -> float:
    handled = max(int(tally.handled[month, agent]), 1)
    if kpi == "resolution_rate":
        return round(int(tally.resolved[month, agent]) / handled, 3)
    return float(round(int(tally.handle_seconds[month, agent]) / handled))


def _status(centre: Centre, tally: Tally, agent: int, kpi: str, target: float, day: int, luck: float) -> str:
    """Recent goals are open; of older ones the engaged act on more, the more so where the figure moved; or revised."""
    if day + 30 >= centre.plan.days:
        return "agreed" if day + 14 >= centre.plan.days else "in_progress"
    month = next(item for item in centre.plan.months if item.first_day <= day < item.end_day)
    after = _measured(tally, month.index + 1, agent, kpi)
    met = after >= target if kpi == "resolution_rate" else after <= target
    engagement = float(centre.skills.of("engagement", np.array([agent]), np.array([day]))[0])
    acts = 1 / (1 + np.exp(-(0.4 + 1.2 * engagement + (0.5 if met else -0.5))))
    return "achieved" if luck < acts else "revised"
