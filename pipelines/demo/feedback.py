"""What customers say afterwards: survey answers and complaints.

Belongs here: answers and complaints drawn from contacts. Does not belong here: the contacts (`contacts`) and the files
they are delivered in (`exports`).
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from pipelines.demo.arrivals import NOBODY
from pipelines.demo.contacts import Contacts
from pipelines.demo.floor import Rules
from pipelines.demo.plan import NEVER, Bools, Floats, Ints, Month, Subject
from pipelines.demo.work import OUTBOUND_QUEUE

RESPONSE_BY_CHANNEL = np.array([0.24, 0.30, 0.20])
COMPLAINT_TYPES = ("service_attitude", "wrong_information", "unresolved_matter", "waiting_time", "evading")
VERDICTS = ("justified", "unjustified", "open")
JUSTIFIED, UNJUSTIFIED, OPEN = range(3)
_AT_ONCE, _NEXT_TIME, _TRACED_BY_DESK = 0.35, 0.45, 0.65


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
    rated = contacts.take(asked & (draw.random(len(contacts)) < RESPONSE_BY_CHANNEL[contacts.channel]))
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
    return content_chance(rated.solved, patience_lost(rated.wait), rules.skill("csat", rated.agent, rated.day))


def patience_lost(wait: Ints) -> Floats:
    """What waiting takes off a customer's chance to be content."""
    return np.asarray(0.035 * np.minimum(np.maximum(wait, 0) / 120, 4), dtype=np.float64)


def content_chance(solved: Bools, lost: Floats, skill: Floats) -> Floats:
    """Chance of a 4 or 5 of 5, after this wait, with an agent of this skill."""
    return np.asarray(np.clip(0.945 - 0.20 * ~solved - lost + skill, 0.05, 0.99), dtype=np.float64)


def complaint_chance(solved: Bools, skill: Floats) -> Floats:
    """Chance that a known customer complains; about one in 400, more after unsolved matters."""
    return np.asarray(np.where(solved, 0.0011, 0.0042) * np.exp(skill), dtype=np.float64)


def justified_share(solved: Bools) -> Floats:
    """Share of such complaints that review finds justified."""
    return np.asarray(np.where(solved, 0.22, 0.48), dtype=np.float64)


def month_complaints(rules: Rules, month: Month, contacts: Contacts, following: Ints) -> tuple[Complaints, Bools]:
    """Complaints about the month's contacts, and in which of those contacts a customer complained.

    A customer complains at once, in the next contact about the same reason, or to the complaint desk within five days.
    `following` is the place of that next contact (see `next_contacts`).
    """
    draw = rules.plan.stream(Subject.FEEDBACK, 2, month.index)
    chance = complaint_chance(contacts.solved, rules.skill("complaints", np.maximum(contacts.agent, 0), contacts.day))
    chance = np.where(contacts.answered & (contacts.customer != NOBODY), chance, 0.0)
    places = np.flatnonzero(draw.random(len(contacts)) < chance)
    about, count = contacts.take(places), len(places)
    said_in = _contact_of_complaint(contacts, following, places, draw.random(count))
    to_desk = said_in == NOBODY
    spoken = contacts.take(np.maximum(said_in, 0))
    desk_day = about.day + draw.integers(0, 6, count)
    desk_moment = np.maximum(
        desk_day * 86_400 + draw.integers(8 * 3600, 22 * 3600, count), about.day * 86_400 + about.second + 4000
    )
    spoken_moment = spoken.day * 86_400 + spoken.second + np.maximum(spoken.talk, 0) + 60
    moment = np.where(to_desk, desk_moment, spoken_moment)
    day = moment // 86_400
    verdict = np.where(draw.random(count) < justified_share(about.solved), JUSTIFIED, UNJUSTIFIED)
    closed = day + 1 + np.minimum(np.floor(draw.exponential(3.0, count)), 25).astype(np.int64)
    still_open = closed >= rules.plan.days
    found = Complaints(
        number=about.number,
        is_traced=~to_desk | (draw.random(count) < _TRACED_BY_DESK),
        customer=about.customer,
        agent=about.agent,
        day=day,
        second=moment % 86_400,
        verdict=np.where(still_open, OPEN, verdict),
        complaint_type=draw.choice(len(COMPLAINT_TYPES), count, p=[0.22, 0.20, 0.34, 0.16, 0.08]).astype(np.int64),
        closed_day=np.where(still_open, NEVER, closed),
    )
    complained = np.zeros(len(contacts), dtype=np.bool_)
    complained[said_in[~to_desk]] = True
    return found.take(np.lexsort((found.number, found.second, found.day))), complained


def _contact_of_complaint(contacts: Contacts, following: Ints, places: Ints, luck: Floats) -> Ints:
    """Place of the contact in which each complaint was made; NOBODY for one made to the complaint desk."""
    next_one = following[places]
    next_one = np.where((next_one != NOBODY) & contacts.answered[next_one], next_one, NOBODY)
    return np.where(luck < _AT_ONCE, places, np.where(luck < _AT_ONCE + _NEXT_TIME, next_one, NOBODY))


def next_contacts(contacts: Contacts) -> Ints:
    """Place of the same customer's next contact about the same reason, NOBODY where none followed."""
    order = np.lexsort((contacts.second, contacts.day, contacts.reason, contacts.customer))
    customer, reason = contacts.customer[order], contacts.reason[order]
    same = (customer[1:] == customer[:-1]) & (reason[1:] == reason[:-1]) & (customer[1:] != NOBODY)
    following = np.full(len(contacts), NOBODY, dtype=np.int64)
    following[order[:-1][same]] = order[1:][same]
    return following
