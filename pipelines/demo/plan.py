"""The arguments of one demo centre, its calendar and its random streams.

Belongs here: sizes and their limits, days counted from the first one, one seeded stream per subject. Does not belong
here: what happens in the centre (the modules named after each subject).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pipelines.errors import FloorwalkError, Problem

LAST_DAY = date(2026, 9, 30)
"""Last day of the exports; fixed, so that no clock is read."""
RELEASE_DAY = date(2026, 7, 13)
"""Day of the software release after which fewer matters are solved at first contact."""
OUTAGE_DAY = date(2026, 1, 21)
OUTAGE_HOURS = (9, 15)
"""First and last hour that the outage filled the queues."""
PUBLIC_HOLIDAYS = (
    (date(2025, 10, 1), date(2025, 10, 7), "National Day holiday", "国庆节假期"),
    (date(2026, 2, 16), date(2026, 2, 22), "Spring Festival holiday", "春节假期"),
    (date(2026, 10, 1), date(2026, 10, 7), "National Day holiday", "国庆节假期"),
)
_CUSTOMERS_PER_CONTACT, _VIP_CUSTOMER_SHARE = 0.30, 0.07
CARRY_DAYS = 30
"""No follow-up contact comes later than this after the contact that began it."""

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


class Subject(IntEnum):
    """One random stream each, so that a change to one subject leaves the others' numbers alone."""

    PEOPLE = 1
    SKILLS = 2
    ATTENDANCE = 3
    CONTACTS = 4
    FEEDBACK = 5
    QUALITY = 6
    TRAINING = 7
    COACHING = 8
    RATINGS = 9
    DIRT = 10
    CAST = 11
    ENDINGS = 12
    CALLBACKS = 13
    MODEL_CASES = 14
    RESPONSES = 15
    CHOICES = 16
    GOAL_REVIEWS = 17


@dataclass(frozen=True)
class Month:
    """A calendar month as day numbers of the plan: first_day <= day < end_day."""

    index: int
    label: str
    first_day: int
    end_day: int


@dataclass(frozen=True)
class Plan:
    """Sizes and seed of a demo centre. Days are numbered from 0 = `first_day`."""

    agents: int = 150
    teams: int = 12
    contacts: int = 400_000
    quarters: int = 6
    seed: int = 20250401

    @cached_property
    def first_day(self) -> date:
        """First day of the oldest quarter."""
        month_number = LAST_DAY.year * 12 + LAST_DAY.month - 3 * self.quarters
        return date(month_number // 12, month_number % 12 + 1, 1)

    @property
    def days(self) -> int:
        """Number of delivered days; day number `days` is the day after the last one."""
        return self.day(LAST_DAY) + 1

    @property
    def horizon(self) -> int:
        """Days simulated: the delivered ones, the month after, and the follow-ups of that month."""
        return self.days + 31 + CARRY_DAYS

    @property
    def customers(self) -> int:
        """Size of the pool that customers come from."""
        return max(500, round(self.contacts * _CUSTOMERS_PER_CONTACT))

    @property
    def vip_customers(self) -> int:
        """Customers of the VIP queue; they have the lowest keys."""
        return round(self.customers * _VIP_CUSTOMER_SHARE)

    @cached_property
    def months(self) -> tuple[Month, ...]:
        """Every delivered month, and one more for the day after the last."""
        found = []
        for index in range(3 * self.quarters + 1):
            number = self.first_day.year * 12 + self.first_day.month - 1 + index
            start = date(number // 12, number % 12 + 1, 1)
            end = date((number + 1) // 12, (number + 1) % 12 + 1, 1)
            found.append(Month(index, start.strftime("%Y-%m"), self.day(start), self.day(end)))
        return tuple(found)

    @cached_property
    def quarter_starts(self) -> tuple[int, ...]:
        """First day number of each delivered quarter, then the day after the last."""
        return tuple(month.first_day for month in self.months[::3])

    @cached_property
    def quarter_labels(self) -> tuple[str, ...]:
        """2025Q2 and so on, one per delivered quarter."""
        firsts = (self.date(day) for day in self.quarter_starts[:-1])
        return tuple(f"{first.year}Q{first.month // 3 + 1}" for first in firsts)

    def day(self, when: date) -> int:
        """Number of a calendar day; negative before the first."""
        return (when - self.first_day).days

    def date(self, day: int) -> date:
        """Calendar day of a number."""
        return self.first_day + timedelta(days=int(day))

    def quarter_of(self, day: Ints) -> Ints:
        """Quarter index of each day number, the last quarter for anything later."""
        found = np.searchsorted(np.array(self.quarter_starts), day, side="right") - 1
        return np.clip(found, 0, self.quarters - 1).astype(np.int64)

    def stream(self, subject: Subject, *keys: int) -> np.random.Generator:
        """The subject's own random numbers; `keys` tell months or quarters apart."""
        return np.random.Generator(np.random.PCG64(np.random.SeedSequence([self.seed, int(subject), *keys])))


NEVER = 10**6
"""Day number of something that does not happen."""


def checked_plan(agents: int, teams: int, contacts: int, quarters: int, seed: int) -> Plan:
    """A plan whose sizes can hold every planted story; FloorwalkError names every size that cannot."""
    rules = (
        (3 <= teams <= 240, f"{teams} teams", "give 3 to 240 teams: a weak, an ordinary and a specialist team"),
        (6 * teams <= agents <= 9_999, f"{agents} agents", f"give {6 * teams} to 9999: at least six per team"),
        (1_000 <= contacts <= 50_000_000, f"{contacts} contacts", "give 1000 to 50000000 contacts"),
        (3 <= quarters <= 12, f"{quarters} quarters", "give 3 to 12: one before, one of and one after the coaching"),
        (0 <= seed < 2**63, f"seed {seed}", "give a seed that is not negative"),
    )
    problems = [Problem(f"a demo centre cannot have {what}", fix=fix) for holds, what, fix in rules if not holds]
    if problems:
        raise FloorwalkError(problems)
    return Plan(agents, teams, contacts, quarters, seed)
