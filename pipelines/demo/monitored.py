"""What later exports need to know about monitored contacts: whose they were, what they were about, how items went.

Belongs here: these facts of one month. Does not belong here: scoring (`quality`); what model cases and disputes make of
them (`model_cases`, `responses`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.demo.contacts import FIRST_NUMBER, Contacts
from pipelines.demo.forms import ITEMS
from pipelines.demo.plan import Bools, Floats, Ints
from pipelines.demo.quality import MONITOR, THIRD_PARTY, Scores
from pipelines.demo.work import PHONE


@dataclass(frozen=True)
class Monitored:
    """Monitored contacts of one month; parallel arrays, `share` with one column per item (NaN where it does not apply).

    `day` is the day of scoring.
    """

    label: list[str]
    number: Ints
    agent: Ints
    grader: Ints
    day: Ints
    reason: Ints
    by_phone: Bools
    solved: Bools
    length_seconds: Ints
    share: Floats


def monitored_of(contacts: Contacts, scores: Scores) -> Monitored:
    """The month's own and third-party evaluations; `contacts` are those that began in the month, in their order."""
    evaluations = scores.evaluations
    chosen = np.flatnonzero(np.isin(evaluations.kind, (MONITOR, THIRD_PARTY)))
    place = evaluations.number[chosen] % FIRST_NUMBER - 1
    limit = np.array([item.max_points for item in ITEMS], dtype=np.float64)
    return Monitored(
        [evaluations.label[index] for index in chosen.tolist()],
        evaluations.number[chosen],
        evaluations.agent[chosen],
        evaluations.grader[chosen],
        evaluations.day[chosen],
        contacts.reason[place],
        np.asarray(contacts.channel[place] == PHONE, dtype=np.bool_),
        contacts.recorded_solved[place],
        evaluations.length_seconds[chosen],
        np.where(scores.applicable, scores.points / limit, np.nan)[chosen],
    )
