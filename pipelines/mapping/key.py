"""What names a row of an unseen file: one column, or the smallest combination that differs in every row.

Belongs here: counting repeats and seeking a combination. Does not belong here: the key of the contract table itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from pipelines.mapping.rows import Ask, Facts

_MOST_COLUMNS = 4
_MOST_CANDIDATES = 9


@dataclass(frozen=True)
class Combination:
    """Columns that together name a row; `repeats`: rows that share their combination with an earlier one."""

    columns: tuple[Facts, ...]
    repeats: int


def repeats(ask: Ask, columns: Sequence[Facts], condition: str) -> int:
    """Rows, of those the condition holds for, whose texts in these columns are those of another row."""
    names = ", ".join(facts.id for facts in columns)
    rows, different = ask(
        f"select count(*), (select count(*) from (select distinct {names} from cells where {condition})) "
        f"from cells where {condition}"
    )[0]
    return int(rows) - int(different)


def whole_repeats(ask: Ask, found: Sequence[Facts], condition: str) -> int:
    """Rows that are there twice in every cell."""
    return repeats(ask, [facts for facts in found if facts.filled], condition)


def smallest(ask: Ask, core: Sequence[Facts], candidates: Sequence[Facts], condition: str) -> Combination | None:
    """The smallest combination without repeats, in the order given; without one, all candidates. None of nothing.

    `core`, who and when, is always part of it: what differs in every row of this file may not in the next.
    """
    always = tuple(_once(core))
    usable = [facts for facts in _once(candidates) if facts.distinct > 1 and facts not in always][:_MOST_CANDIDATES]
    if not usable and not always:
        return None
    for size in range(min(_MOST_COLUMNS, len(usable)) + 1):
        for further in combinations(usable, size):
            columns = (*always, *further)
            if columns and repeats(ask, columns, condition) == 0:
                return Combination(columns, 0)
    return Combination((*always, *usable), repeats(ask, (*always, *usable), condition))


def _once(candidates: Sequence[Facts]) -> list[Facts]:
    return list({facts.place: facts for facts in candidates}.values())
