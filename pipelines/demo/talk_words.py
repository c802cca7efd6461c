"""Talks as they are written down: every author in one language, the leader's words and the agent's.

Belongs here: which words go with a goal, who does it, with what help. Does not belong here: the goals (`coaching`,
`more_talks`), the topics and their steps (`topics`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.demo.centre import Centre
from pipelines.demo.coaching import CoachingRow
from pipelines.demo.model_cases import ModelCase
from pipelines.demo.names import works_in_chinese
from pipelines.demo.plan import Subject
from pipelines.demo.topics import GROUP_MEASURE, SKILLS, Pair
from pipelines.demo.training import COURSES

_COMMENTS: tuple[Pair, ...] = (
    ("", ""),
    ("The example calls helped. I would like more of them.", "示范录音很有用，希望多听几段。"),
    ("Only when I heard the recording did I notice how fast I ask.", "听了录音才发现自己问得太快。"),
    ("I need a second screen to follow this through.", "要做到这一点，我需要第二块屏幕。"),
    ("I can do it, if the system answers faster.", "目标可以做到，希望系统响应再快一点。"),
    ("Agreed. Please listen to two of my calls next week.", "同意。下周请再听我两通电话。"),
    ("I will start with the simple questions.", "先从简单的问题开始练。"),
    ("The evening shift is too busy for this; mornings would work.", "晚班太忙，练不了，早上可以。"),
)
_HELP: tuple[Pair, ...] = (
    ("two recordings", "两段录音"),
    ("half an hour with a colleague", "同事陪练半小时"),
    ("one call listened to together each week", "每周一起听一通录音"),
    ("the card with the key phrases", "常用语卡片"),
)
_SKILL_LABELS: dict[str, Pair] = {
    "service_skill": ("Service skill", "服务技巧"),
    "interpersonal": ("Interpersonal", "人际沟通"),
    "language": ("Language", "语言表达"),
    "call_control": ("Call control", "通话控制"),
}


@dataclass(frozen=True)
class Words:
    """What stands beside the figures of a goal."""

    coach: str
    kpi: str
    topic: str
    measure: str
    steps: str
    owner: str
    resources: str
    career_goal: str
    comment: str


def words_of(centre: Centre, rows: Sequence[CoachingRow], cases: Sequence[ModelCase]) -> list[Words]:
    """The words of each row, in the same order."""
    draw, people = centre.plan.stream(Subject.COACHING, 8), centre.people
    found = []
    for row in rows:
        coach = people.leader_on(row.agent, row.day)
        zh, lots = works_in_chinese(coach), draw.integers(0, 420, 6).tolist()
        steps = 1 + lots[0] % 3
        of_leader = lots[1] % 5 == 0
        kpi, measure, career = row.figures.kpi_id, row.topic.measure, row.topic.career
        if kpi is None and measure is None:
            measure = GROUP_MEASURE
        found.append(
            Words(
                coach=coach,
                kpi=_SKILL_LABELS[kpi][zh] if kpi in SKILLS else kpi or "",
                topic=row.topic.title[zh],
                measure=measure[zh] if measure is not None else "",
                steps="\n".join(pair[zh] for pair in row.topic.steps[:steps]),
                owner=coach if of_leader else people.shown_name(row.agent),
                resources=_resources(row, cases, lots, zh=zh),
                career_goal=career[zh] if career is not None and lots[5] % 4 else "",
                comment=_COMMENTS[row.comment][bool(people.in_chinese[row.agent])],
            )
        )
    return found


def _resources(row: CoachingRow, cases: Sequence[ModelCase], lots: Sequence[int], *, zh: bool) -> str:
    """A course, a model case that was there by then, or other help; at times two of them, at times none."""
    courses = [course.name_zh if zh else course.name for course in COURSES if course.course_id == row.topic.course_id]
    marked = [case for case in cases if case.marked_day <= row.day and case.is_agreed]
    offers = [*courses, _HELP[lots[3] % len(_HELP)][zh]]
    if marked:
        offers.insert(1, marked[lots[4] % len(marked)].case_id)
    first = lots[2] % (len(offers) + 1)
    chosen = offers[first : first + 1 + lots[4] % 2]
    return ("；" if zh else "; ").join(chosen)
