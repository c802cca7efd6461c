"""What the quality team finds in the contact behind a justified complaint.

Belongs here: which complaints lead to a review, when, and the item that was missed. Does not belong here: the law of
points (`quality`), the complaints (`feedback`).
"""

from __future__ import annotations

import numpy as np

from pipelines.demo.arrivals import NOBODY
from pipelines.demo.contacts import FIRST_NUMBER, Contacts
from pipelines.demo.feedback import COMPLAINT_TYPES, JUSTIFIED, Complaints
from pipelines.demo.floor import Rules
from pipelines.demo.forms import ITEMS
from pipelines.demo.names import works_in_chinese
from pipelines.demo.plan import Floats, Ints, Month, Subject
from pipelines.demo.quality import COMPLAINT_REVIEW, Evaluations, Scores, scored
from pipelines.demo.quotes import WORKED_CASE_WORDS
from pipelines.demo.training import Training
from pipelines.demo.worked_case import WorkedCase, last_contact

_ITEM_OF_TYPE = {
    "service_attitude": "Acknowledges the customer's feelings",
    "wrong_information": "Gives correct information",
    "unresolved_matter": "Offers a solution that fits",
    "evading": "Owns the matter to the end",
}
"""Waiting time is nobody's item: the conversation itself may have been good."""
_FOUND_BY_CUSTOMER, _MOST_DAYS = 0.7, 5


def month_reviews(
    rules: Rules, month: Month, contacts: Contacts, complaints: Complaints, training: Training, case: WorkedCase | None
) -> Scores:
    """Reviews of justified complaints: all that are traced, and most whose customer's newest contact is meant."""
    draw = rules.plan.stream(Subject.QUALITY, 3, month.index)
    chosen = complaints.take(np.flatnonzero(_reviewed(contacts, complaints, draw, case)))
    count = len(chosen.number)
    place = chosen.number % FIRST_NUMBER - 1
    within = np.minimum(np.maximum(chosen.closed_day - chosen.day, 1), _MOST_DAYS)
    evaluations = Evaluations(
        [f"R{month.label.replace('-', '')}-{index + 1:03d}" for index in range(count)],
        np.full(count, COMPLAINT_REVIEW, dtype=np.int64),
        chosen.number,
        chosen.agent,
        _graders(rules, chosen, draw, case),
        chosen.day + 1 + np.floor(draw.random(count) * within).astype(np.int64),
        draw.integers(9 * 3600, 16 * 3600, count),
        contacts.talk[place],
    )
    missed = _items()[chosen.complaint_type]
    scores = scored(rules, evaluations, training, draw, rules.plan.stream(Subject.QUALITY, 4, month.index), missed)
    if case is not None:
        row = chosen.number.tolist().index(case.number)
        scores.quote[row][int(missed[row])] = WORKED_CASE_WORDS
        scores.offset_seconds[row, missed[row]] = case.offset_seconds
    return scores


def _items() -> Ints:
    """Column of the item that a complaint of each type is about."""
    texts = [item.text for item in ITEMS]
    wanted = [_ITEM_OF_TYPE.get(name) for name in COMPLAINT_TYPES]
    return np.array([NOBODY if text is None else texts.index(text) for text in wanted], dtype=np.int64)


def _reviewed(
    contacts: Contacts, complaints: Complaints, draw: np.random.Generator, case: WorkedCase | None
) -> list[bool]:
    luck: Floats = draw.random(len(complaints.number))
    found = []
    for index, number in enumerate(complaints.number.tolist()):
        if complaints.verdict[index] != JUSTIFIED:
            found.append(False)
        elif complaints.is_traced[index] or (case is not None and number == case.number):
            found.append(True)
        else:
            received = int(complaints.day[index]) * 86_400 + int(complaints.second[index])
            last = last_contact(contacts, int(complaints.customer[index]), received)
            found.append(last == number % FIRST_NUMBER - 1 and bool(luck[index] < _FOUND_BY_CUSTOMER))
    return found


def _graders(rules: Rules, complaints: Complaints, draw: np.random.Generator, case: WorkedCase | None) -> Ints:
    """Anybody; the worked case goes to somebody who writes Chinese where there is one."""
    graders = rules.people.graders
    found = draw.integers(0, len(graders), len(complaints.number))
    chinese = [place for place, name in enumerate(graders) if works_in_chinese(name)]
    if case is not None and chinese:
        found[complaints.number == case.number] = chinese[0]
    return found
