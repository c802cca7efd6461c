"""What customers say afterwards: survey answers and complaints.

Belongs here: answers and complaints drawn from contacts. Does not belong here: the contacts (`contacts`) and the files
they are delivered in (`exports`).
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from pipelines.demo.contacts import NOBODY, Contacts
from pipelines.demo.floor import Rules
from pipelines.demo.plan import NEVER, Bools, Floats, Ints, Month, Subject
from pipelines.demo.work import OUTBOUND_QUEUE

_RESPONSE_BY_CHANNEL = np.array([0.085, 0.125, 0.09])
COMPLAINT_TYPES = ("service_attitude", "wrong_information", "unresolved_matter", "waiting_time", "evading")
VERDICTS = ("justified", "unjustified", "open")
JUSTIFIED, UNJUSTIFIED, OPEN = range(3)


@dataclass(frozen=True)
class Surveys:
    """Answered surveys; parallel arrays. One row per answer, in order of answering."""

    number: Ints
    agent: Ints
    day: Ints
    second: Ints
    score: Ints
    says_solved: Bools

    def take(self, chosen: Bools | Ints) -> Surveys:
        """Some of the answers."""
        return Surveys(**{item.name: getattr(self, item.name)[chosen] for item in fields(self)})


@dataclass(frozen=True)
class Complaints:
    """Complaints; parallel arrays. One row per complaint, in order of arrival."""

    number: Ints
    is_traced: Bools
    customer: Ints
    agent: Ints
    day: Ints
    second: Ints
    verdict: Ints
    complaint_type: Ints
    closed_day: Ints

    def take(self, chosen: Bools | Ints) -> Complaints:
        """Some of the complaints."""
        return Complaints(**{item.name: getattr(self, item.name)[chosen] for item in fields(self)})


def month_surveys(rules: Rules, month: Month, contacts: Contacts) -> Surveys:
    """Answers about the month's contacts, most on the same day. Solving, waiting and skill move the score."""
    draw = rules.plan.stream(Subject.FEEDBACK, 1, month.index)
    asked = contacts.answered & (contacts.queue != OUTBOUND_QUEUE)
    rated = contacts.take(asked & (draw.random(len(contacts)) < _RESPONSE_BY_CHANNEL[contacts.channel]))
    count = len(rated)
    content = _content(rules, rated)
    luck, low = draw.random(count), draw.random(count)
    happy_score = np.where(luck < content * 0.66, 5, 4)
    unhappy_score = np.where(low < 0.48, 3, np.where(low < 0.70, 2, 1))
    same_day = draw.random(count) < 0.82
    second = np.minimum(rated.second + np.maximum(rated.talk, 0) + draw.integers(60, 2400, count), 86_399)
    found = Surveys(
        number=rated.number,
        agent=rated.agent,
        day=rated.day + np.where(same_day, 0, draw.integers(1, 4, count)),
        second=np.where(same_day, second, draw.integers(8 * 3600, 22 * 3600, count)),
        score=np.where(luck < content, happy_score, unhappy_score).astype(np.int64),
        says_solved=np.where(draw.random(count) < 0.93, rated.solved, ~rated.solved).astype(np.bool_),
    )
    return found.take(np.lexsort((found.number, found.second, found.day)))


def _content(rules: Rules, rated: Contacts) -> Floats:
    """Chance of a 4 or 5 of 5."""
    patience_lost = 0.035 * np.minimum(np.maximum(rated.wait, 0) / 120, 4)
    skill = rules.skill("csat", rated.agent, rated.day)
    return np.asarray(np.clip(0.945 - 0.20 * ~rated.solved - patience_lost + skill, 0.05, 0.99), dtype=np.float64)


def month_complaints(rules: Rules, month: Month, contacts: Contacts) -> Complaints:
    """Complaints about the month's contacts, within five days; about one in 400, more after unsolved matters."""
    draw = rules.plan.stream(Subject.FEEDBACK, 2, month.index)
    chance = np.where(contacts.solved, 0.0011, 0.0042)
    person = np.maximum(contacts.agent, 0)
    chance = chance * np.exp(rules.skill("complaints", person, contacts.day))
    chance = np.where(contacts.answered & (contacts.customer != NOBODY), chance, 0.0)
    about = contacts.take(draw.random(len(contacts)) < chance)
    count = len(about)
    day = about.day + draw.integers(0, 6, count)
    verdict = np.where(draw.random(count) < np.where(about.solved, 0.22, 0.48), JUSTIFIED, UNJUSTIFIED)
    closed = day + 1 + np.minimum(np.floor(draw.exponential(3.0, count)), 25).astype(np.int64)
    still_open = closed >= rules.plan.days
    later = np.maximum(
        day * 86_400 + draw.integers(8 * 3600, 22 * 3600, count), about.day * 86_400 + about.second + 4000
    )
    found = Complaints(
        number=about.number,
        is_traced=draw.random(count) < 0.86,
        customer=about.customer,
        agent=about.agent,
        day=later // 86_400,
        second=later % 86_400,
        verdict=np.where(still_open, OPEN, verdict),
        complaint_type=draw.choice(len(COMPLAINT_TYPES), count, p=[0.22, 0.20, 0.34, 0.16, 0.08]).astype(np.int64),
        closed_day=np.where(still_open, NEVER, closed),
    )
    return found.take(np.lexsort((found.number, found.second, found.day)))
