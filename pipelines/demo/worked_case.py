"""The worked case: one justified complaint about evasion, known by the customer's key alone, and the call behind it.

Belongs here: which call of the last month it is about, and the complaint made from it. Does not belong here: what the
quality team finds in that call (`complaint_reviews`), other complaints (`feedback`).
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from pipelines.demo.arrivals import NOBODY
from pipelines.demo.contacts import FIRST_NUMBER, Contacts
from pipelines.demo.feedback import COMPLAINT_TYPES, JUSTIFIED, Complaints
from pipelines.demo.floor import Rules
from pipelines.demo.plan import NEVER, Bools, Ints, Month, Subject
from pipelines.demo.work import OUTBOUND_QUEUE, PHONE

MOMENT = 14 * 3600 + 23
"""Second of the day at which the words are said: 14:00:23."""
_DAY = 86_400
PROGRAMME, HOVERING = "coaching_programme", "hovering_above_minimum"
_STORIES = {PROGRAMME: 4, HOVERING: 3, "": 0}
"""How much better a case of each story is than one of none."""
_LEAST_BEFORE, _MOST_BEFORE, _LEAST_AFTER = 20, 900, 15
_COMPLAINS_AFTER_SECONDS, _CLOSED_DAYS, _CLEAR_OF_MONTH_END_DAYS = 2_400, 4, 5


@dataclass(frozen=True)
class WorkedCase:
    """The call, when the customer complained about it, and where in the recording the words are."""

    number: int
    agent: int
    customer: int
    day: int
    received_second: int
    offset_seconds: int
    story: str
    """Story that the agent is part of, empty for somebody of none."""
    instead_of: int
    """Number of another complaint that it takes the place of, NOBODY where none could be spared."""


def find_worked_case(
    rules: Rules, month: Month, contacts: Contacts, complaints: Complaints, following: Ints
) -> WorkedCase | None:
    """A call of the plan's last month that spans the moment; None in other months and where no call does.

    It takes the place of another complaint about the same role, so that there are as many as before. Where several
    could: agents who speak Chinese first, then members of a coaching programme or of the hovering team, then matters
    left unsolved; nobody of the planted stories and of the weak team.
    """
    if month.index != len(rules.plan.months) - 2:
        return None
    spare = _spare(rules, contacts, complaints, following)
    places = np.flatnonzero(_possible(rules, month, contacts) & ~np.isin(contacts.number, complaints.number))
    agent = contacts.agent[places]
    wanted = 8 * np.isin(rules.people.role[agent], rules.people.role[spare.agent])
    wanted += np.array([_STORIES[_story(rules, one)] for one in agent.tolist()], dtype=np.int64)
    wanted += 5 * rules.people.in_chinese[agent] + ~contacts.solved[places]
    lot = rules.plan.stream(Subject.FEEDBACK, 3).random(len(places))
    for place in places[np.lexsort((lot, -wanted))].tolist():
        begin = int(contacts.day[place]) * _DAY + int(contacts.second[place])
        received = begin + int(contacts.talk[place]) + _COMPLAINS_AFTER_SECONDS
        if last_contact(contacts, int(contacts.customer[place]), received) == place:
            return _case(rules, contacts, place, received % _DAY, spare)
    return None


def _story(rules: Rules, agent: int) -> str:
    if agent in rules.coached.agent:
        return PROGRAMME
    return HOVERING if rules.people.team[agent] == rules.people.hovering_team else ""


def _spare(rules: Rules, contacts: Contacts, complaints: Complaints, following: Ints) -> Complaints:
    """Justified complaints that were made to the desk, about agents of no story of their own."""
    about = complaints.number % FIRST_NUMBER - 1
    next_one = following[about]
    spoken = contacts.complained[about] | ((next_one != NOBODY) & contacts.complained[next_one])
    return complaints.take((complaints.verdict == JUSTIFIED) & ~spoken & ~np.isin(complaints.agent, rules.cast.planted))


def _possible(rules: Rules, month: Month, contacts: Contacts) -> Bools:
    people, planted = rules.people, rules.cast.planted
    before = MOMENT - contacts.second
    spans = (before >= _LEAST_BEFORE) & (before <= _MOST_BEFORE) & (contacts.talk - before >= _LEAST_AFTER)
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


def _case(rules: Rules, contacts: Contacts, place: int, received_second: int, spare: Complaints) -> WorkedCase:
    agent = int(contacts.agent[place])
    same_role = spare.take(rules.people.role[spare.agent] == rules.people.role[agent])
    order = np.lexsort((same_role.number, same_role.agent != agent))
    return WorkedCase(
        number=int(contacts.number[place]),
        agent=agent,
        customer=int(contacts.customer[place]),
        day=int(contacts.day[place]),
        received_second=received_second,
        offset_seconds=MOMENT - int(contacts.second[place]),
        story=_story(rules, agent),
        instead_of=int(same_role.number[order[0]]) if len(order) else NOBODY,
    )


def with_worked_case(complaints: Complaints, case: WorkedCase) -> Complaints:
    """The month's complaints with this one, in order of arrival."""
    others = complaints.take(complaints.number != case.instead_of)
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
    merged = Complaints(**{name: np.concatenate([getattr(others, name), getattr(row, name)]) for name in names})
    return merged.take(np.lexsort((merged.number, merged.second, merged.day)))


def _one(value: int) -> Ints:
    return np.array([value], dtype=np.int64)
