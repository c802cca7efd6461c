"""What agents say about talks, tiers, evaluations, complaints and figures, and the answers they get.

Belongs here: who responds to what, when, and whether it is answered. Does not belong here: the words
(`response_words`), the file (`exports_coaching`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipelines.demo.centre import Centre, Tally
from pipelines.demo.coaching import CoachingRow
from pipelines.demo.contacts import complaint_id
from pipelines.demo.feedback import JUSTIFIED
from pipelines.demo.forms import ITEMS
from pipelines.demo.names import works_in_chinese
from pipelines.demo.plan import NEVER, Subject
from pipelines.demo.quality import MISSED_SHARE
from pipelines.demo.response_words import ABOUT_ITEM, ANSWERS, CHANGED, COMMENTS, DISPUTES, STANDS, Shelf

ACKNOWLEDGED, COMMENT, DISPUTED = "acknowledged", "comment", "disputed"
_CHANCES = {
    "coaching": (0.40, 0.05, 0.003),
    "tier": (0.50, 0.04, 0.012),
    "evaluation": (0.08, 0.01, 0.003),
    "complaint": (0.30, 0.15, 0.06),
    "figures": (0.0, 0.004, 0.001),
}
"""Chance to acknowledge, to comment and to dispute, by what it is about."""
_ANSWERED_AFTER, _CHANGED_SHARE = (2, 11), 0.4
_OPEN_DAYS, _OPEN_DISPUTES, _OPEN_COMMENTS, _RECENT_DAYS = (2, 8), 2, 2, 45
_TIER_DAYS = (5, 26)


@dataclass(frozen=True)
class Response:
    """One response. `reference` is the session, quarter, month, evaluation or complaint meant."""

    agent: int
    day: int
    about: str
    reference: str
    kind: str
    text: str = ""
    answered_day: int | None = None
    answer: str = ""
    outcome: str = ""


@dataclass(frozen=True)
class _Occasion:
    """Something an agent may respond to from a day on."""

    agent: int
    day: int
    about: str
    reference: str
    item: str = ""
    """Item that was missed, of an evaluation."""

    def shelf(self, kind: str) -> Shelf:
        """What may be said."""
        if kind == COMMENT:
            return COMMENTS[self.about]
        return ABOUT_ITEM.get(self.item, DISPUTES[self.about])


def agent_responses(centre: Centre, tally: Tally, rows: Sequence[CoachingRow]) -> list[Response]:
    """All responses up to the last day, in order. Some of the last days are not answered yet."""
    draw = centre.plan.stream(Subject.RESPONSES)
    occasions = [
        *_sessions(rows),
        *_quarters(centre, draw),
        *_evaluations(centre, tally),
        *_complaints(centre, tally),
        *_months(centre),
    ]
    found = []
    for occasion in occasions:
        luck, lots = float(draw.random()), draw.integers(0, 420, 5).tolist()
        acknowledged, comment, disputed = np.cumsum(_CHANCES[occasion.about]).tolist()
        kind = (
            ACKNOWLEDGED if luck < acknowledged else COMMENT if luck < comment else DISPUTED if luck < disputed else ""
        )
        day = occasion.day + lots[0] % 6
        if kind and day < centre.plan.days:
            found.append(_said(centre, replace(occasion, day=day), kind, lots))
    found += _last_words(centre, [one for one in occasions if one.about in ("coaching", "evaluation")], found)
    return sorted(found, key=lambda one: (one.day, one.agent, one.about, one.reference, one.kind))


def _said(centre: Centre, occasion: _Occasion, kind: str, lots: Sequence[int]) -> Response:
    agent, day, about = occasion.agent, occasion.day, occasion.about
    if kind == ACKNOWLEDGED:
        return Response(agent, day, about, occasion.reference, kind)
    shelf = occasion.shelf(kind)
    text = shelf[lots[1] % len(shelf)][bool(centre.people.in_chinese[agent])]
    answered = day + _ANSWERED_AFTER[0] + lots[2] % (_ANSWERED_AFTER[1] - _ANSWERED_AFTER[0])
    if answered >= centre.plan.days:
        return Response(agent, day, about, occasion.reference, kind, text)
    outcome = "" if kind == COMMENT else "changed" if lots[3] / 420 < _CHANGED_SHARE else "stands"
    usual = ANSWERS[about][lots[4] % len(ANSWERS[about])]
    answer = {"": usual, "changed": CHANGED, "stands": STANDS.get(about, STANDS[""])}[outcome]
    said = answer[works_in_chinese(centre.people.leader_on(agent, answered))]
    return Response(agent, day, about, occasion.reference, kind, text, answered, said, outcome)


def _sessions(rows: Sequence[CoachingRow]) -> list[_Occasion]:
    seen = {(row.agent, row.day, row.coaching_id): None for row in rows}
    return [_Occasion(agent, day, "coaching", name) for agent, day, name in seen]


def _quarters(centre: Centre, draw: np.random.Generator) -> list[_Occasion]:
    """Tiers of a quarter are told in the weeks after it."""
    plan, people, found = centre.plan, centre.people, []
    for label, end in zip(plan.quarter_labels[:-1], plan.quarter_starts[1:-1], strict=True):
        there = np.flatnonzero((people.hire_day < end - 90) & (people.left_day > end + 30))
        told = end + draw.integers(*_TIER_DAYS, len(there))
        found += [_Occasion(a, d, "tier", label) for a, d in zip(there.tolist(), told.tolist(), strict=True)]
    return found


def _evaluations(centre: Centre, tally: Tally) -> list[_Occasion]:
    """Evaluations with a missed item."""
    found = []
    for month in tally.monitored:
        missed = month.share <= MISSED_SHARE
        for place in np.flatnonzero(missed.any(axis=1) & (month.day + 1 < centre.plan.days)).tolist():
            agent, day, item = int(month.agent[place]), int(month.day[place]) + 1, ITEMS[int(missed[place].argmax())]
            found.append(_Occasion(agent, day, "evaluation", month.label[place], item.text))
    return found


def _complaints(centre: Centre, tally: Tally) -> list[_Occasion]:
    """Justified complaints that are traced, once they are answered."""
    found = []
    for month in tally.complaints:
        known = (month.verdict == JUSTIFIED) & month.is_traced & (month.closed_day + 1 < centre.plan.days)
        found += [
            _Occasion(
                int(month.agent[place]),
                int(month.closed_day[place]) + 1,
                "complaint",
                complaint_id(int(month.number[place])),
            )
            for place in np.flatnonzero(known).tolist()
        ]
    return found


def _months(centre: Centre) -> list[_Occasion]:
    plan, people = centre.plan, centre.people
    return [
        _Occasion(agent, month.end_day + 3, "figures", month.label)
        for month in plan.months[:-2]
        for agent in range(plan.agents)
        if people.hire_day[agent] < month.first_day and people.left_day[agent] > month.end_day + 10
    ]


def _last_words(centre: Centre, occasions: Sequence[_Occasion], found: Sequence[Response]) -> list[Response]:
    """A few disputes and comments of the last days that wait for an answer, by people who have said nothing of late."""
    plan, people = centre.plan, centre.people
    draw = plan.stream(Subject.RESPONSES, 1)
    quiet = set(range(plan.agents)) - {one.agent for one in found if one.day >= plan.days - _RECENT_DAYS}
    quiet &= set(np.flatnonzero(people.left_day == NEVER).tolist()) - set(centre.cast.planted)
    late: list[Response] = []
    for about, kind, wanted in (("evaluation", DISPUTED, _OPEN_DISPUTES), ("coaching", COMMENT, _OPEN_COMMENTS)):
        recent = [one for one in occasions if one.about == about and 0 < plan.days - one.day - 1 <= _RECENT_DAYS]
        order = draw.permutation(len(recent)).tolist()
        for one in (recent[place] for place in order):
            if wanted and one.agent in quiet:
                day = max(one.day, plan.days - int(draw.integers(*_OPEN_DAYS)))
                shelf = one.shelf(kind)
                text = shelf[int(draw.integers(len(shelf)))][bool(people.in_chinese[one.agent])]
                late.append(Response(one.agent, day, about, one.reference, kind, text))
                quiet.discard(one.agent)
                wanted -= 1
    return late
