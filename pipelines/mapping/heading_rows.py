"""Which of a file's first rows hold the headings: one row, or two of which the upper one is merged.

Belongs here: scoring rows as headings. Does not belong here: opening files (`look`), what a heading means (`headings`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.ingest.aliases import Aliases, bare_key, spelling_key
from pipelines.ingest.headers import joined_rows, preamble_of
from pipelines.ingest.readers import Head, HeadRow

_NOT_A_HEADING = re.compile(r"[-+]?[\d.,:/%\s-]+|.{80,}", re.DOTALL)
_DAY = re.compile(r"(?:\S+ )?([0-9]{1,2})(?:日|号|\.0)?(?: ?(?:星期|周)?[一二三四五六日天])?")
_FEWEST_DAYS = 3
_OF_A_PREAMBLE = re.compile("[0-9:：]")
DAY_PATTERNS = (
    "[0-9]{1,2}",
    "([0-9]{1,2})[日号]",
    r"(?:[^0-9 ]+ )?([0-9]{1,2})(?:日|号|\.0)?(?: ?(?:星期|周)?[一二三四五六日天])?",
)
Score = tuple[float, int, int]


@dataclass(frozen=True)
class Headings:
    """One row, or two joined, taken for the headings."""

    score: Score
    row: HeadRow
    depth: int = 1
    lowest: tuple[str, ...] = ()
    """Of two rows the texts of the lower one."""
    hits: int = 0
    """How many of them are known."""
    above: str = ""
    """The text of the rows above."""


def candidates(head: Head, aliases: Aliases) -> Iterator[Headings]:
    """Rows that could be the headings: known ones, headings at all, the rows below as wide as it."""
    known = known_headings(aliases)
    for place, row in enumerate(head.rows):
        cells = [cell.strip() for cell in row.cells if cell.strip()]
        if is_days(cells) or (len(cells) >= 2 and all(map(_is_heading, cells))):
            below = head.rows[place + 1 :][:20]
            yield _scored(head, row, row.cells, below, known)
    for place, both in enumerate(joined_rows(head.rows, 2)):
        upper, lower = head.rows[place], head.rows[place + 1]
        if _is_merged_over(upper.cells, lower.cells):
            one = _scored(head, both, lower.cells, head.rows[place + 2 :][:20], known)
            score = (one.score[0] + 1, one.score[1], one.score[2])
            yield Headings(score, both, 2, _stripped(lower.cells), one.hits, one.above)


def _scored(
    head: Head, row: HeadRow, lowest: Sequence[str], below: Sequence[HeadRow], known: frozenset[str]
) -> Headings:
    cells = [cell.strip() for cell in row.cells if cell.strip()]
    alike = sum(len(other.cells) == len(row.cells) for other in below) / len(below) if below else 0.0
    texts = zip(row.cells, (*lowest, *[""] * len(row.cells)), strict=False)
    hits = sum(
        any(key in known for text in pair if text.strip() for key in (spelling_key(text), bare_key(text)))
        for pair in texts
    )
    distinct = len(set(cells)) / len(cells)
    score = (hits * distinct + alike * len(cells) / 4, len(cells), -row.first)
    return Headings(score, row, hits=hits, above=preamble_of(head.rows, row))


def _is_merged_over(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether the upper row holds merged groups and the lower one their parts, and neither holds values.

    A lower row that names every column by itself needs no upper one.
    """
    width = max(len(upper), len(lower))
    above = (*_stripped(upper), *[""] * (width - len(upper)))
    below = (*_stripped(lower), *[""] * (width - len(lower)))
    named = [number for number in range(width) if above[number]]
    if len(named) < 2 or not all(_is_heading(text) for text in above if text):
        return False
    texts = [text for text in below if text]
    if len(texts) < 2 or not (all(map(_is_heading, texts)) or is_days(texts)):
        return False
    groups = [number for number in named if number + 1 < width and not above[number + 1] and below[number + 1]]
    reaching_down = [number for number in named if not below[number]]
    parts_named = all(below[number] for group in groups for number in _of_group(group, above, width))
    repeated = len(set(texts)) < len(texts) and not any(_OF_A_PREAMBLE.search(text) for text in above)
    return bool(groups) and parts_named and (bool(reaching_down) or repeated)


def _of_group(first: int, above: Sequence[str], width: int) -> range:
    after = next((number for number in range(first + 1, width) if above[number]), width)
    return range(first, after)


def is_days(cells: Sequence[str]) -> bool:
    """Whether the row, besides a few headings, counts the days of a month from the first."""
    return len(days_in(cells)) >= max(_FEWEST_DAYS, len(cells) / 2) and not any(len(cell) > 40 for cell in cells)


def days_in(headers: Sequence[str]) -> list[str]:
    """The headings that count 1, 2, 3 …; none where they do not begin at the first or have a gap."""
    found = [(header, int(match[1])) for header in headers if (match := _DAY.fullmatch(header.strip()))]
    numbers = [number for _, number in found]
    counted = numbers == list(range(1, len(numbers) + 1)) and len(numbers) <= 31
    return [header for header, _ in found] if counted and len(numbers) >= _FEWEST_DAYS else []


def known_headings(aliases: Aliases) -> frozenset[str]:
    """Every spelling of every column, wanted or not."""
    tables = [aliases.columns, *aliases.by_table.values(), aliases.unwanted]
    spelt = [text for columns in tables for spellings in columns.values() for text in spellings.all]
    spelt += [*aliases.agent_names.all, *aliases.day.all, *aliases.time.all]
    return frozenset(map(spelling_key, spelt))


def _is_heading(cell: str) -> bool:
    return not _NOT_A_HEADING.fullmatch(cell)


def _stripped(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(cell.strip().lstrip("\ufeff") for cell in cells)
