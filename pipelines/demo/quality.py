"""Quality evaluations: monitored contacts, test calls, third-party scoring and monthly calibration.

Belongs here: who is scored, by whom, how many points, which items rest on words. Graders differ in severity, which the
truth folder states. Does not belong here: the form's text (`forms`), the words (`quotes`), the contacts behind
complaints (`complaint_reviews`), the workbooks (`exports_quality`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.demo.arrivals import NOBODY
from pipelines.demo.contacts import Contacts
from pipelines.demo.floor import Rules
from pipelines.demo.forms import ITEMS
from pipelines.demo.luck import normal_nodes
from pipelines.demo.plan import Bools, Floats, Ints, Month, Subject
from pipelines.demo.quotes import words
from pipelines.demo.training import Training
from pipelines.demo.work import EMAIL, OUTBOUND_QUEUE

KINDS = ("monitor", "test_call", "third_party", "calibration", "complaint_review")
MONITOR, TEST_CALL, THIRD_PARTY, CALIBRATION, COMPLAINT_REVIEW = range(5)
_MEAN_POINTS, _CONTACT_SPREAD, _ITEM_SPREAD, _SEVERITY_SPREAD = 86.0, 7.0, 13.0, 3.0
_CRITICAL_MISS = 0.018
_QUOTED, _QUOTED_MISSES = 0.22, 0.80
MISSED_SHARE = 0.5
"""An item with no more than this share of its points was missed."""
_GOOD_SHARE = 0.75
_CALIBRATED_CONTACTS = 4
NO_QUOTE = ""


@dataclass(frozen=True)
class Evaluations:
    """Evaluations, one element per evaluation and grader."""

    label: list[str]
    kind: Ints
    number: Ints
    """Contact number, or NOBODY for a test call."""
    agent: Ints
    grader: Ints
    day: Ints
    second: Ints
    length_seconds: Ints

    def __len__(self) -> int:
        return len(self.label)


@dataclass(frozen=True)
class Scores:
    """Scored items: rows are evaluations, columns are items of the form."""

    evaluations: Evaluations
    points: Floats
    applicable: Bools
    quote: list[list[str]]
    offset_seconds: Ints


def grader_severity(rules: Rules) -> Floats:
    """Points out of 100 that each grader gives above (or below) the average grader."""
    draw = rules.plan.stream(Subject.QUALITY, 0)
    raw = draw.normal(size=len(rules.people.graders)) * _SEVERITY_SPREAD
    return np.asarray(raw - raw.mean(), dtype=np.float64)


def month_scores(rules: Rules, month: Month, contacts: Contacts, training: Training) -> Scores:
    """All scored items of one month's contacts and test calls, by day of scoring."""
    draw = rules.plan.stream(Subject.QUALITY, 1, month.index)
    monitored = _monitored(rules, month, contacts, draw)
    parts = [monitored, _calibrated(rules, month, contacts, draw)]
    if month.index % 3 == 1:
        parts.append(_test_calls(rules, month, draw))
    evaluations = _joined(parts)
    return scored(rules, evaluations, training, draw, rules.plan.stream(Subject.QUALITY, 2, month.index))


def expected_score(skill: Floats, severity: Floats) -> Floats:
    """Mean score of the items that are not critical, for each skill, over graders of these severities."""
    skills = np.linspace(-40.0, 30.0, 141)
    spread = float(np.sqrt(_CONTACT_SPREAD**2 + _ITEM_SPREAD**2))  # the two parts of an item's luck add up to all of it
    lucks = spread * normal_nodes(400)
    points, possible = np.zeros(len(skills)), 0.0
    for item in (item for item in ITEMS if not item.is_critical):
        level = (_MEAN_POINTS + item.difficulty + skills[:, None] + severity[None, :])[:, :, None] + lucks
        given = np.clip(np.rint(level / 100 * item.max_points), 0, item.max_points)
        points += item.applies * given.mean(axis=(1, 2))
        possible += item.applies * item.max_points
    return np.asarray(np.interp(skill, skills, 100 * points / possible), dtype=np.float64)


def _monitored(rules: Rules, month: Month, contacts: Contacts, draw: np.random.Generator) -> Evaluations:
    """Eight to eleven contacts of every agent, chosen by lot; one in twelve is scored by a third party."""
    pool = np.flatnonzero(contacts.answered & (contacts.talk > 45) & (contacts.day < month.end_day))
    lot = draw.random(len(pool))
    ordered = pool[np.lexsort((lot, contacts.agent[pool]))]
    agent = contacts.agent[ordered]
    rank = np.arange(len(agent)) - np.searchsorted(agent, agent, side="left")
    chosen = ordered[rank < draw.integers(8, 12, rules.plan.agents)[agent]]
    count = len(chosen)
    labels = [f"Q{month.label.replace('-', '')}-{index + 1:05d}" for index in range(count)]
    return Evaluations(
        labels,
        np.where(draw.random(count) < 1 / 12, THIRD_PARTY, MONITOR),
        contacts.number[chosen],
        contacts.agent[chosen],
        draw.integers(0, len(rules.people.graders), count),
        contacts.day[chosen] + draw.integers(1, 7, count),
        draw.integers(9 * 3600, 18 * 3600, count),
        contacts.talk[chosen],
    )


def _calibrated(rules: Rules, month: Month, contacts: Contacts, draw: np.random.Generator) -> Evaluations:
    """A few contacts that every grader scores, to see how far they agree."""
    spoken = contacts.answered & (contacts.talk > 90) & (contacts.channel != EMAIL) & (contacts.queue != OUTBOUND_QUEUE)
    pool = np.flatnonzero(spoken & (contacts.day < month.end_day))
    chosen = pool[draw.permutation(len(pool))[:_CALIBRATED_CONTACTS]]
    graders = len(rules.people.graders)
    again = np.repeat(chosen, graders)
    labels = [
        f"K{month.label.replace('-', '')}-{index + 1:02d}" for index in range(len(chosen)) for _ in range(graders)
    ]
    return Evaluations(
        labels,
        np.full(len(again), CALIBRATION, dtype=np.int64),
        contacts.number[again],
        contacts.agent[again],
        np.tile(np.arange(graders), len(chosen)),
        np.full(len(again), month.end_day - 3, dtype=np.int64),
        np.repeat(14 * 3600 + 1200 * np.arange(len(chosen)), graders),
        contacts.talk[again],
    )


def _test_calls(rules: Rules, month: Month, draw: np.random.Generator) -> Evaluations:
    """One test call in the quarter for up to 150 agents who are there."""
    people = rules.people
    there = np.flatnonzero((people.hire_day < month.first_day) & (people.left_day > month.end_day) & ~people.outbound)
    agent = np.sort(draw.permutation(there)[:150])
    count = len(agent)
    return Evaluations(
        [f"B{month.label.replace('-', '')}-{index + 1:03d}" for index in range(count)],
        np.full(count, TEST_CALL, dtype=np.int64),
        np.full(count, NOBODY, dtype=np.int64),
        agent,
        draw.integers(0, len(people.graders), count),
        month.first_day + draw.integers(0, 28, count),
        draw.integers(9 * 3600, 18 * 3600, count),
        draw.integers(120, 600, count),
    )


def _joined(parts: list[Evaluations]) -> Evaluations:
    names = ("kind", "number", "agent", "grader", "day", "second", "length_seconds")
    merged = {name: np.concatenate([getattr(part, name) for part in parts]).astype(np.int64) for name in names}
    labels = [label for part in parts for label in part.label]
    order = np.lexsort((np.arange(len(labels)), merged["second"], merged["day"]))
    return Evaluations([labels[i] for i in order], **{name: values[order] for name, values in merged.items()})


def scored(
    rules: Rules,
    evaluations: Evaluations,
    training: Training,
    draw: np.random.Generator,
    listening: np.random.Generator,
    missed: Ints | None = None,
) -> Scores:
    """Points of every item. Graders of one calibration contact see the same conversation.

    `listening` decides which further misses rest on words. `missed` names the item that each evaluation is certain to
    miss, NOBODY where none.
    """
    points, applicable = _points(rules, evaluations, training, draw)
    shape, limit = points.shape, np.array([item.max_points for item in ITEMS], dtype=np.float64)
    quoted = applicable & (draw.random(shape) < _QUOTED)
    offset = np.rint(draw.uniform(0.02, 0.98, shape) * evaluations.length_seconds[:, None]).astype(np.int64)
    choice = draw.random(shape)
    if missed is not None:
        row = np.flatnonzero(missed != NOBODY)
        column = missed[row]
        critical = np.array([item.is_critical for item in ITEMS])[column]
        left = np.floor(listening.random(len(row)) * MISSED_SHARE * limit[column])
        points[row, column] = np.where(critical, 0.0, left)
        applicable[row, column] = quoted[row, column] = True
    more = (_QUOTED_MISSES - _QUOTED) / (1 - _QUOTED)
    quoted |= applicable & (points <= MISSED_SHARE * limit) & (listening.random(shape) < more)
    quote = _quotes(rules.people.in_chinese[evaluations.agent], quoted, points / limit, choice)
    return Scores(evaluations, points, applicable, quote, np.where(quoted, offset, NOBODY))


def _points(
    rules: Rules, evaluations: Evaluations, training: Training, draw: np.random.Generator
) -> tuple[Floats, Bools]:
    """Points of every item, and whether it applies."""
    count, items = len(evaluations), len(ITEMS)
    first = _first_of_label(evaluations.label)
    skill = rules.skill("qa", evaluations.agent, evaluations.day) + training.quality_gain(
        evaluations.agent, evaluations.day
    )
    conversation = draw.normal(size=count)[first] * _CONTACT_SPREAD
    level = _MEAN_POINTS + skill + conversation + grader_severity(rules)[evaluations.grader]
    shared = draw.normal(size=(count, items))[first] * _ITEM_SPREAD * 0.8
    own = draw.normal(size=(count, items)) * _ITEM_SPREAD * 0.6
    percent = level[:, None] + np.array([item.difficulty for item in ITEMS])[None, :] + shared + own
    limit = np.array([item.max_points for item in ITEMS], dtype=np.float64)
    points = np.clip(np.rint(percent / 100 * limit), 0, limit)
    critical = np.array([item.is_critical for item in ITEMS])[None, :]
    miss_chance = _CRITICAL_MISS * np.exp(-np.clip(skill, -15, 15) / 8)
    lapse = critical & (draw.random((count, items))[first] < miss_chance[:, None])
    points = np.where(lapse, 0.0, points)
    applicable = draw.random((count, items))[first] < np.array([item.applies for item in ITEMS])[None, :]
    return np.asarray(points, dtype=np.float64), np.asarray(applicable, dtype=np.bool_)


def _first_of_label(labels: list[str]) -> Ints:
    """Index of the first element with the same label, for each element."""
    seen: dict[str, int] = {}
    return np.array([seen.setdefault(label, index) for index, label in enumerate(labels)], dtype=np.int64)


def _quotes(in_chinese: Bools, quoted: Bools, share: Floats, luck: Floats) -> list[list[str]]:
    """Words of the conversation, in the language of its agent."""
    texts = [[NO_QUOTE] * len(ITEMS) for _ in range(len(quoted))]
    for row, column in np.argwhere(quoted).tolist():
        is_good = bool(share[row, column] >= _GOOD_SHARE)
        shelf = words(ITEMS[column].text, is_good=is_good, in_chinese=bool(in_chinese[row]))
        texts[row][column] = shelf[int(luck[row, column] * len(shelf))]
    return texts
