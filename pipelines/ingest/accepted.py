"""The doubts that somebody answers for: seed accepted_doubts.csv, one line per delivery and doubt.

Belongs here: reading and checking the lines, and which doubt a line means. Does not belong here: what an accepted doubt
changes (`judge`).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipelines.errors import Exit, FloorwalkError, Problem
from pipelines.ingest.doubts import Doubt
from pipelines.ingest.reasons import DOUBTS

FILE = "seeds/accepted_doubts.csv"
COLUMNS = ("delivery", "doubt", "reason", "owner", "accepted_on")
LEAST_DIGITS = 8


@dataclass(frozen=True)
class Acceptance:
    """One line. `delivery`: a file of the drop by name, or at least eight digits of a file's SHA-256."""

    delivery: str
    doubt: str
    reason: str
    owner: str
    accepted_on: date

    def covers(self, doubt: Doubt) -> bool:
        digits = self.delivery.lower()
        is_meant = len(digits) >= LEAST_DIGITS and doubt.delivery_id != "" and digits.startswith(doubt.delivery_id)
        is_meant = is_meant or (len(digits) >= LEAST_DIGITS and doubt.delivery_id.startswith(digits))
        return self.doubt == doubt.doubt and (self.delivery == doubt.file or is_meant)


def read_accepted(dbt_project: Path) -> tuple[Acceptance, ...]:
    """Every line of the seed, none where there is no such file. Raises FloorwalkError with all faults at once."""
    file = dbt_project / FILE
    if not file.is_file():
        return ()
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream)
            lines = [(reader.line_num, line) for line in reader if any(cell.strip() for cell in line)]
    except UnicodeDecodeError:
        problem = Problem("the file is not UTF-8 text", where=FILE, fix="save it as CSV UTF-8")
        raise FloorwalkError(problem, Exit.CHECKS_FAILED) from None
    if not lines or tuple(lines[0][1]) != COLUMNS:
        problem = Problem("the columns are not the agreed ones", f"{FILE}, line 1", fix=f"write {','.join(COLUMNS)}")
        raise FloorwalkError(problem, Exit.CHECKS_FAILED)
    problems = [problem for number, line in lines[1:] for problem in _faults(f"{FILE}, line {number}", line)]
    if problems:
        raise FloorwalkError(problems, Exit.CHECKS_FAILED)
    cells = ([cell.strip() for cell in line] for _, line in lines[1:])
    return tuple(Acceptance(line[0], line[1], line[2], line[3], date.fromisoformat(line[4])) for line in cells)


def _faults(where: str, line: Sequence[str]) -> Iterator[Problem]:
    if len(line) != len(COLUMNS):
        fix = "put a text that has a comma between quotation marks"
        yield Problem(f"{len(line)} cells under {len(COLUMNS)} headings", where, fix=fix)
        return
    cells = dict(zip(COLUMNS, (cell.strip() for cell in line), strict=True))
    for name in COLUMNS:
        if not cells[name]:
            yield Problem(
                f"{name} is empty", where, why="a doubt is only set aside with a reason and a name", fix="fill it in"
            )
    if cells["doubt"] and cells["doubt"] not in DOUBTS:
        yield Problem(f"{cells['doubt']!r} is no doubt", where, fix=f"one of {', '.join(DOUBTS)}")
    try:
        date.fromisoformat(cells["accepted_on"] or "2000-01-01")
    except ValueError:
        yield Problem(f"{cells['accepted_on']!r} is no date", where, fix="write year-month-day, for example 2026-04-01")
