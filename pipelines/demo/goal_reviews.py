"""Looks at goals after they were agreed: what was said, and what is tried instead where it did not work.

Belongs here: when a goal is looked at, and the words of it. Does not belong here: the goals (`coaching`, `more_talks`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.demo.centre import Centre
from pipelines.demo.coaching import CoachingRow
from pipelines.demo.names import works_in_chinese
from pipelines.demo.plan import Subject
from pipelines.demo.stories import PROGRAMMES
from pipelines.demo.topics import Pair

_NOTES: dict[str, tuple[Pair, ...]] = {
    "in_progress": (
        (
            "Tried in about half of the calls; the first minute works well already.",
            "大约一半来电里用上了，开头一分钟已经不错。",
        ),
        (
            "Listened to one call together. The question is asked, the answer not yet waited for.",
            "一起听了一通，问题问了，还没等客户答完。",
        ),
        ("Two weeks of evening shift, little practice. Goes on as agreed.", "连着两周晚班，练得少，按原计划继续。"),
        ("Feels easier than at the beginning. Keep the step with the notes.", "比刚开始顺手了，小结这一步继续做。"),
        ("The figure moves little so far; too few calls to say more.", "数据变化还不大，通数太少，再看看。"),
    ),
    "achieved": (
        ("Done, and it shows in the calls we heard. Thank you.", "做到了，听的几通里都能听出来，辛苦了。"),
        ("Reached. The next goal is agreed in the next talk.", "已达成，下次面谈再定新目标。"),
        ("All steps taken. It has become a habit.", "几个步骤都做到了，已经成了习惯。"),
        ("Reached in the last two weeks; we look once more in a month.", "最近两周达到了，一个月后再看一次。"),
    ),
    "revised": (
        ("The step does not fit the busy hours.", "忙的时候这个做法用不上。"),
        ("Practised, but the calls sound learnt by heart.", "练是练了，听起来像背词。"),
        ("Something else turned out to be the point: finding the article.", "发现卡在另一处：找条目太慢。"),
        ("Not begun: two colleagues were away and there was no time.", "还没开始，两位同事不在，抽不出时间。"),
    ),
}
_CHANGES: tuple[Pair, ...] = (
    ("Role-play twice a week instead of reading", "改为每周两次情景演练，不再只看材料"),
    ("One step only: the question at the beginning", "先只练一步：开头那个问题"),
    ("Sit beside a colleague for an hour on Tuesdays", "每周二跟着同事听一小时"),
    ("Short listening every morning instead of one long talk", "把一次长谈改成每天早上短听一通"),
    ("Bookmarks first, then the conversation", "先整理收藏夹，再练话术"),
)
_SKIPPED, _WITH_FIRST_LOOK, _CHANGED = 0.12, 0.55, 0.88
_PROGRAMME_DONE = (0.75, 0.5)
"""Share of programme goals that leaders call achieved in the end, by programme."""


@dataclass(frozen=True)
class GoalReview:
    """One look at one goal, as it was written down."""

    coaching_id: str
    goal_number: int
    day: int
    status: str
    note: str
    changed_method: str
    reviewer: str


def goal_reviews(centre: Centre, rows: Sequence[CoachingRow]) -> list[GoalReview]:
    """One or two looks at most goals: one on the way, one when it is due. Those of the last days are still to come."""
    draw = centre.plan.stream(Subject.GOAL_REVIEWS)
    found = []
    for row in rows:
        luck, lots = draw.random(4), draw.integers(0, 420, 5).tolist()
        if row.programme:  # the three sessions of a member have one goal, and it ends in one way
            once = centre.plan.stream(Subject.GOAL_REVIEWS, 1, row.agent)
            luck, lots = once.random(4), once.integers(0, 420, 5).tolist()
        if luck[0] < _SKIPPED:
            continue
        halfway = row.day + int((row.due_day - row.day) * 0.4) + lots[0] % 5
        if luck[1] < _WITH_FIRST_LOOK and halfway < min(row.due_day, centre.plan.days):
            found.append(_review(centre, row, halfway, "in_progress", lots, changes=False))
        status = _outcome(row, float(luck[2]))
        day = row.due_day + lots[1] % 6
        if status is not None and day < centre.plan.days:
            found.append(_review(centre, row, day, status, lots, changes=bool(luck[3] < _CHANGED)))
    return sorted(found, key=lambda review: (review.day, review.coaching_id, review.goal_number))


def _outcome(row: CoachingRow, luck: float) -> str | None:
    """What the log says in the end; that of a programme says where each session stood, so the leader decides."""
    if row.programme:
        done = _PROGRAMME_DONE[[name for name, _, _ in PROGRAMMES].index(row.programme)]
        return "achieved" if luck < done else "revised"
    return row.status if row.status in ("achieved", "revised") else None


def _review(
    centre: Centre, row: CoachingRow, day: int, status: str, lots: Sequence[int], *, changes: bool
) -> GoalReview:
    reviewer = centre.people.leader_on(row.agent, day)
    zh = works_in_chinese(reviewer)
    notes = _NOTES[status]
    changed = _CHANGES[lots[3] % len(_CHANGES)][zh] if status == "revised" and changes else ""
    return GoalReview(row.coaching_id, row.goal_number, day, status, notes[lots[2] % len(notes)][zh], changed, reviewer)
