"""Courses, their sessions, and who came.

Belongs here: the training calendar and its results; the one course with a true effect. Does not belong here: what the
effect does to evaluations (`quality`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.demo.people import People
from pipelines.demo.plan import NEVER, Floats, Ints, Plan, Subject
from pipelines.demo.skills import Skills


@dataclass(frozen=True)
class Course:
    """One course. `quality_gain` is its true effect on quality scores, in points, from the day after.

    `dimension` is the skill it teaches, empty where it teaches none of the form's.
    """

    course_id: str
    name: str
    name_zh: str
    stage: str
    course_type: str
    external: bool
    hours: float
    difficulty: float
    dimension: str
    method: str
    quality_gain: float = 0.0
    voluntary: bool = False
    """Offered in paid time; who does not come has declined, which is no absence without excuse."""


COURSES = (
    Course(
        "C01", "Products and services", "产品与业务基础", "starter", "business", False, 6, 2, "knowledge", "classroom"
    ),
    Course("C02", "Systems and tools", "系统操作", "starter", "business", False, 4, 4, "knowledge", "on_the_job"),
    Course("C03", "Orders and returns", "订单与退换货", "foundation", "business", False, 3, 0, "knowledge", "online"),
    Course("C04", "Billing rules", "计费与账单规则", "foundation", "business", False, 3, -4, "knowledge", "online"),
    Course(
        "C05",
        "Asking the right questions",
        "提问与需求挖掘",
        "foundation",
        "skill",
        False,
        3,
        -1,
        "service_skill",
        "classroom",
        3.0,
    ),
    Course(
        "C06",
        "Calm in difficult conversations",
        "情绪安抚与投诉应对",
        "intermediate",
        "skill",
        True,
        6,
        -3,
        "interpersonal",
        "classroom",
        voluntary=True,
    ),
    Course(
        "C07",
        "Explaining technology simply",
        "把技术讲简单",
        "intermediate",
        "skill",
        False,
        3,
        -2,
        "language",
        "blended",
    ),
    Course("C08", "Fault finding", "故障排查", "intermediate", "business", False, 4, -6, "adaptability", "on_the_job"),
    Course(
        "C09",
        "Serving VIP customers",
        "贵宾客户服务",
        "advanced",
        "skill",
        True,
        6,
        -2,
        "responsibility",
        "blended",
        voluntary=True,
    ),
    Course(
        "C10", "Coaching colleagues", "带教与辅导", "advanced", "skill", True, 8, 1, "", "classroom", voluntary=True
    ),
)
_COURSES_PER_MONTH = 3
_PARTICIPANTS_PER_SESSION = 15
_INVITED_SHARE, _OFFERED_SHARE = 0.14, 0.40
ABSENCES = ("", "approved", "unexcused")
_PRESENT, _APPROVED = 0, 1


@dataclass(frozen=True)
class Training:
    """Invitations, one element per session and agent, by day; and the first day of the true gain per agent."""

    session: list[str]
    course: Ints
    trainer: Ints
    agent: Ints
    day: Ints
    score: Ints
    absence: Ints
    reaction: Ints
    gain_from: Ints

    def quality_gain(self, agent: Ints, day: Ints) -> Floats:
        """True gain in quality points of each agent on each day."""
        size = max(course.quality_gain for course in COURSES)
        return np.where(day >= self.gain_from[agent], size, 0.0)


def make_training(plan: Plan, people: People, skills: Skills) -> Training:
    """The training calendar. Invitations follow a plan and never performance, so effects can be told from selection."""
    draw = plan.stream(Subject.TRAINING)
    sessions: list[str] = []
    columns: dict[str, list[Ints]] = {name: [] for name in ("course", "trainer", "agent", "day")}
    for month in plan.months[:-1]:
        for slot in range(_COURSES_PER_MONTH):
            course = (month.index * _COURSES_PER_MONTH + slot) % len(COURSES)
            invited = _invited(people, course, month.first_day, draw)
            for part, start in enumerate(range(0, len(invited), _PARTICIPANTS_PER_SESSION)):
                group = invited[start : start + _PARTICIPANTS_PER_SESSION]
                name = f"{COURSES[course].course_id}-{month.label.replace('-', '')}-{part + 1:02d}"
                sessions += [name] * len(group)
                columns["course"].append(np.full(len(group), course))
                columns["trainer"].append(np.full(len(group), draw.integers(0, len(people.trainers))))
                columns["agent"].append(group)
                columns["day"].append(np.full(len(group), month.first_day + int(draw.integers(3, 27))))
    course_of, trainer, agent, day = (np.concatenate(parts).astype(np.int64) for parts in columns.values())
    count = len(sessions)
    luck = draw.random(count)
    absence = np.where(luck < 0.045, 1, np.where(luck < 0.07, 2, 0)).astype(np.int64)
    absence = _with_declined(course_of, absence, skills.of("engagement", agent, day), draw.random(count))
    level = 83 + np.array([course.difficulty for course in COURSES])[course_of] + 0.7 * skills.of("qa", agent, day)
    score = np.clip(np.rint(level + draw.normal(size=count) * 7), 30, 100).astype(np.int64)
    reaction = np.clip(np.rint(4.3 + draw.normal(size=count) * 0.7), 1, 5).astype(np.int64)
    return Training(
        sessions, course_of, trainer, agent, day, score, absence, reaction, _gains(plan, course_of, agent, day, absence)
    )


def _invited(people: People, course: int, day: int, draw: np.random.Generator) -> Ints:
    """New starters for starter courses, otherwise a share of the established, by lot; at least two."""
    there = (people.hire_day <= day) & (people.left_day > day + 31)
    tenure = day - people.hire_day
    if COURSES[course].stage == "starter":
        there &= tenure < 120
        return np.flatnonzero(there)
    share = _OFFERED_SHARE if COURSES[course].voluntary else _INVITED_SHARE
    pool = draw.permutation(np.flatnonzero(there & (tenure >= 60)))
    return np.sort(pool[: max(2, round(len(pool) * share))])


def _with_declined(course: Ints, absence: Ints, engagement: Floats, luck: Floats) -> Ints:
    """Absence where a voluntary course was declined: the more engaged, the more often people come."""
    voluntary = np.array([item.voluntary for item in COURSES])[course]
    comes = luck < 1 / (1 + np.exp(-(0.3 + 1.3 * engagement)))
    return np.where(voluntary, np.where(comes, _PRESENT, _APPROVED), absence).astype(np.int64)


def _gains(plan: Plan, course: Ints, agent: Ints, day: Ints, absence: Ints) -> Ints:
    start = np.full(plan.agents, NEVER, dtype=np.int64)
    works = np.array([item.quality_gain > 0 for item in COURSES])[course] & (absence == 0)
    np.minimum.at(start, agent[works], day[works] + 1)
    return start
