"""The worked case: one justified complaint about evasion, known by the customer's key alone, and the call behind it.

Belongs here: which call of the last month it is about, and the complaint made from it. Does not belong here: what the
quality team finds in that call (`complaint_reviews`), other complaints (`feedback`).
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from pipelines.demo.arrivals import NOBODY
from pipelines.demo.contacts import Contacts
from pipelines.demo.feedback import COMPLAINT_TYPES, JUSTIFIED, Complaints
from pipelines.demo.floor import Rules
from pipelines.demo.plan import NEVER, Bools, Ints, Month, Subject
from pipelines.demo.work import OUTBOUND_QUEUE, PHONE

MOMENT = 14 * 3600 + 23
"""Second of the day at which the words are said: 14:00:23."""
_DAY = 86_400
_LEAST_BEFORE, _LEAST_AFTER = 20, 15
_COMPLAINS_AFTER_SECONDS, _CLOSED_DAYS, _CLEAR_OF_MONTH_END_DAYS = 2_400, 4, 10


@dataclass(frozen=True)
class WorkedCase:
    """The call, when the customer complained about it, and where in the recording the words are."""

    number: int
    agent: int
    customer: int
    day: int
    received_second: int
    offset_seconds: int
    programme: int
    """Coaching programme the agent is a member of, NOBODY without one."""


def find_worked_case(rules: Rules, month: Month, contacts: Contacts, complaints: Complaints) -> WorkedCase | None:
    """A call of the plan's last month that spans the moment; None in other months and where no call does.

    Members of a coaching programme come first, then agents who speak Chinese and matters left unsolved; nobody of the
    planted stories and of the weak team.
    """
    if month.index != len(rules.plan.months) - 2:
        return None
    places = np.flatnonzero(_possible(rules, month, contacts) & ~np.isin(contacts.number, complaints.number))
    agent = contacts.agent[places]
    wanted = 4 * np.isin(agent, rules.coached.agent) + 2 * rules.people.in_chinese[agent] + ~contacts.solved[places]
    lot = rules.plan.stream(Subject.FEEDBACK, 3).random(len(places))
    for place in places[np.lexsort((lot, -wanted))].tolist():
        begin = int(contacts.day[place]) * _DAY + int(contacts.second[place])
        received = begin + int(contacts.talk[place]) + _COMPLAINS_AFTER_SECONDS
        if last_contact(contacts, int(contacts.customer[place]), received) == place:
            return _case(rules, contacts, place, received % _DAY)
    return None


def _possible(rules: Rules, month: Month, contacts: Contacts) -> Bools:
    people, planted = rules.people, rules.cast.planted
    before = MOMENT - contacts.second
    spans = (before >= _LEAST_BEFORE) & (contacts.talk - before >= _LEAST_AFTER)
    by_phone = contacts.answered & (contacts.channel == PHONE) & (contacts.queue != OUTBOUND_QUEUE)
    agent = np.maximum(contacts.agent, 0)
    ordinary = ~np.isin(agent, planted) & (people.team_on(agent, contacts.day) != people.weak_team)
    ordinary &= people.left_day[agent] == NEVER
    in_time = contacts.day < month.end_day - _CLEAR_OF_MONTH_END_DAYS
    return np.asarray(spans & by_phone & ordinary & in_time & (contacts.customer != NOBODY), dtype=np.bool_)


def last_contact(contacts: Contacts, customer: int, before: int) -> int:
    """Place of the customer's newest answered contact that began before a second counted from day 0; NOBODY if none."""
    theirs = np.flatnonzero((contacts.customer == customer) & contacts.answered)
    theirs = theirs[contacts.day[theirs] * _DAY + contacts.second[theirs] <= before]
    return int(theirs[-1]) if len(theirs) else NOBODY


def _case(rules: Rules, contacts: Contacts, place: int, received_second: int) -> WorkedCase:
    agent = int(contacts.agent[place])
    memberships = dict(zip(rules.coached.agent, rules.coached.programme, strict=True))
    return WorkedCase(
        number=int(contacts.number[place]),
        agent=agent,
        customer=int(contacts.customer[place]),
        day=int(contacts.day[place]),
        received_second=received_second,
        offset_seconds=MOMENT - int(contacts.second[place]),
        programme=memberships.get(agent, NOBODY),
    )


def with_worked_case(complaints: Complaints, case: WorkedCase) -> Complaints:
    """The month's complaints and this one, in order of arrival."""
    row = Complaints(
        number=_one(case.number),
        is_traced=np.array([False]),
        customer=_one(case.customer),
        agent=_one(case.agent),
        day=_one(case.day),
        second=_one(case.received_second),
        verdict=_one(JUSTIFIED),
        complaint_type=_one(COMPLAINT_TYPES.index("evading")),
        closed_day=_one(case.day + _CLOSED_DAYS),
    )
    names = [item.name for item in fields(Complaints)]
    merged = Complaints(**{name: np.concatenate([getattr(complaints, name), getattr(row, name)]) for name in names})
    return merged.take(np.lexsort((merged.number, merged.second, merged.day)))


def _one(value: int) -> Ints:
    return np.array([value], dtype=np.int64)
