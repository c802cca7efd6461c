"""Model cases: real contacts that went well in one respect, marked so that others can learn from them.

Belongs here: whose contact a case is, and whether they agreed that it is shown. Does not belong here: the texts
(`case_texts`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipelines.demo.case_texts import CASE_TEXTS, CaseText
from pipelines.demo.centre import Centre
from pipelines.demo.forms import ITEMS
from pipelines.demo.monitored import Monitored
from pipelines.demo.plan import NEVER, Ints, Subject
from pipelines.demo.work import REASONS

_MONTHS, _CASES_PER_AGENT, _WITHOUT_CONSENT = 9, 2, 2
_MARKED_AFTER_DAYS = (3, 21)


@dataclass(frozen=True)
class ModelCase:
    """One case of the library. `number` is the contact's, None where no monitored contact fits the text."""

    case_id: str
    text: CaseText
    dimension: str
    agent: int
    number: int | None
    marked_day: int
    offset_seconds: int | None
    is_agreed: bool


def model_cases(centre: Centre, monitored: Sequence[Monitored]) -> list[ModelCase]:
    """The library, in the order of the texts. Cases go to those whose calls are best, two at most to each."""
    plan = centre.plan
    draw = plan.stream(Subject.MODEL_CASES)
    refused = {2 * place + 1 for place in draw.permutation(len(CASE_TEXTS) // 2)[:_WITHOUT_CONSENT].tolist()}
    taken: dict[int, int] = {}
    found = []
    for place, text in enumerate(CASE_TEXTS):
        column = next(index for index, item in enumerate(ITEMS) if item.text == text.item)
        reason = next(index for index, item in enumerate(REASONS) if item.code == text.reason)
        agent, number, day, length = _contact(centre, monitored[-_MONTHS:], (column, reason), taken, draw)
        taken[agent] = taken.get(agent, 0) + 1
        marked = min(day + int(draw.integers(*_MARKED_AFTER_DAYS)), plan.days - 1)
        offset = int(np.rint(draw.uniform(0.2, 0.8) * length)) if number is not None else None
        dimension = ITEMS[column].dimension
        name = f"MC-{place + 1:02d}"
        found.append(ModelCase(name, text, dimension, agent, number, marked, offset, place not in refused))
    return found


def _contact(
    centre: Centre,
    months: Sequence[Monitored],
    wanted: tuple[int, int],
    taken: dict[int, int],
    draw: np.random.Generator,
) -> tuple[int, int | None, int, int]:
    """Agent, contact, day of scoring and length: full marks on the item, about the reason, solved, by telephone."""
    free, (column, reason) = _ranked(centre, taken), wanted
    rank = np.full(centre.plan.agents, NEVER, dtype=np.int64)
    rank[free] = np.arange(len(free))
    found: list[tuple[int, int, int, int, int]] = []
    for month in months:
        fits = (month.share[:, column] == 1.0) & (month.reason == reason) & month.by_phone & month.solved
        fits &= (rank[month.agent] < NEVER) & (month.day < centre.plan.days)
        columns = (rank[month.agent], month.agent, month.number, month.day, month.length_seconds)
        found += zip(*(values[fits].tolist() for values in columns), strict=True)
    best = min((one[0] for one in found), default=NEVER)
    mine = [one for one in found if one[0] == best]
    if not mine:
        return int(free[0]), None, centre.plan.quarter_starts[-2], 0
    _, agent, number, day, length = mine[int(draw.integers(len(mine)))]
    return agent, number, day, length


def _ranked(centre: Centre, taken: dict[int, int]) -> Ints:
    """Agents who may have a case: the hidden high performer first, then by true quality; nobody who is struggling."""
    plan, people, cast = centre.plan, centre.people, centre.cast
    everybody = np.arange(plan.agents)
    quality = centre.skills.of("qa", everybody, np.full(plan.agents, plan.days - 1))
    quality[cast.hidden_high] = np.inf
    may = (people.left_day == NEVER) & ~np.isin(everybody, (*cast.weak, *cast.short_callers))
    may &= ~np.isin(everybody, [agent for agent, cases in taken.items() if cases >= _CASES_PER_AGENT])
    order = np.argsort(-quality, kind="stable")
    return np.asarray(order[may[order]], dtype=np.int64)
