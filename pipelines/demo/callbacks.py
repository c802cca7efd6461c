"""Promises to call a customer back, and whether they were kept.

Belongs here: who promises what in which contact, and when it was done. Does not belong here: the contacts (`contacts`)
and the file (`exports_contacts`).
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from pipelines.demo.arrivals import NOBODY
from pipelines.demo.contacts import Contacts
from pipelines.demo.floor import Rules
from pipelines.demo.plan import Bools, Floats, Ints, Month, Subject
from pipelines.demo.work import EMAIL, OUTBOUND_QUEUE

OPEN = -1
"""Minute of a promise not kept by the last day."""
_PROMISED_SOLVED, _PROMISED_UNSOLVED, _LEAST_TALK_SECONDS = 0.015, 0.055, 30
_KEPT, _NEVER_KEPT_OF_LATE = 0.88, 0.25
_DUE_DAYS, _DUE_MINUTES = (0.25, 0.50, 0.25), (12 * 60, 18 * 60)
_DAY = 1_440


@dataclass(frozen=True)
class Callbacks:
    """Promises; parallel arrays, in order of promising. Minutes are counted from the start of day 0."""

    number: Ints
    agent: Ints
    customer: Ints
    promised_minute: Ints
    due_minute: Ints
    done_minute: Ints

    def take(self, chosen: Bools | Ints) -> Callbacks:
        """Some of the promises."""
        return Callbacks(**{item.name: getattr(self, item.name)[chosen] for item in fields(self)})


def kept_chance(skill: Floats) -> Floats:
    """Chance that an agent of this skill calls back in time."""
    return np.asarray(np.clip(_KEPT + skill, 0.3, 0.99), dtype=np.float64)


def month_callbacks(rules: Rules, month: Month, contacts: Contacts) -> Callbacks:
    """Promises made in the month's contacts: due the same day, the next or the one after, at noon or at six."""
    draw = rules.plan.stream(Subject.CALLBACKS, month.index)
    can_be = contacts.answered & (contacts.queue != OUTBOUND_QUEUE) & (contacts.channel != EMAIL)
    can_be &= (contacts.customer != NOBODY) & (contacts.talk > _LEAST_TALK_SECONDS)
    chance = np.where(contacts.solved, _PROMISED_SOLVED, _PROMISED_UNSOLVED)
    made = contacts.take(can_be & (draw.random(len(contacts)) < chance))
    count = len(made)
    promised = made.day * _DAY + (made.second + made.talk) // 60
    day = made.day + draw.choice(len(_DUE_DAYS), count, p=_DUE_DAYS)
    due = day * _DAY + np.array(_DUE_MINUTES)[draw.integers(0, len(_DUE_MINUTES), count)]
    due = np.where(due < promised + 60, due + _DAY, due)
    kept = draw.random(count) < kept_chance(rules.skill("callbacks", made.agent, made.day))
    in_time = due - np.floor(draw.random(count) * np.minimum(due - promised, 240)).astype(np.int64)
    late = due + draw.integers(1, 4, count) * _DAY - draw.integers(0, 240, count)
    done = np.where(kept, in_time, np.where(draw.random(count) < _NEVER_KEPT_OF_LATE, OPEN, late))
    done = np.where(done >= rules.plan.days * _DAY, OPEN, done)
    found = Callbacks(made.number, made.agent, made.customer, promised, due, done)
    return found.take(np.lexsort((found.number, found.promised_minute)))
