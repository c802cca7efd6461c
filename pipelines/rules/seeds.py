"""Reads the seeds that people edit: typed rows that know their file and line, and every cell that cannot be read.

Belongs here: files, columns, dates and numbers, what holds for every seed alike. Does not belong here: what a number
means (one module per seed beside this one).
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import yaml

from pipelines.errors import FloorwalkError, Problem

EVERYBODY = "*"
"""Role of a row that holds for every role without rows of its own."""


@dataclass(frozen=True)
class Row:
    """One line of a seed; `values` are typed."""

    file: str
    line: int
    values: Mapping[str, Any]

    def __getitem__(self, column: str) -> Any:
        return self.values[column]

    def where(self, column: str) -> str:
        """File, line and column, as a problem names them."""
        return f"{self.file}, line {self.line}, column {column}"


@dataclass(frozen=True)
class Seed:
    """Rows whose every cell could be read, and a problem for each that could not."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]


Seeds = Mapping[str, Sequence[Row]]
Catalogue = Mapping[str, Mapping[str, Any]]
"""Entries of vars.kpis by id."""


def read_catalogue(dbt_project: Path) -> Catalogue:
    """The KPI catalogue as it stands, entries without an id left out; FloorwalkError when it cannot be read."""
    file = dbt_project / "dbt_project.yml"
    try:
        entries = yaml.safe_load(file.read_text(encoding="utf-8"))["vars"]["kpis"]
        return {entry["id"]: entry for entry in entries if "id" in entry}
    except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
        raise FloorwalkError(Problem("the KPI catalogue cannot be read", file.name, str(error))) from error


def text(cell: str) -> str:
    """A cell that must say something."""
    if not cell.strip():
        raise ValueError("it is empty: fill it in")
    return cell.strip()


def number(cell: str) -> float:
    """A finite number with a decimal point."""
    written = text(cell)
    try:
        found = float(written)
    except ValueError:
        hint = "without a percent sign, with a decimal point, for example 0.2"
        raise ValueError(f"{written!r} is no number: write it {hint}") from None
    if not math.isfinite(found):
        raise ValueError(f"{written!r} is no number: write one")
    return found


def day(cell: str) -> date:
    """A day as 2026-04-01."""
    written = text(cell)
    try:
        return date.fromisoformat(written)
    except ValueError:
        parts = re.fullmatch(r"(\d{4})[/.年](\d{1,2})[/.月](\d{1,2})日?", written)
        example = "{}-{:0>2}-{:0>2}".format(*parts.groups()) if parts else "2026-04-01"
        raise ValueError(f"{written!r} is no date: write year-month-day, for example {example}") from None


def read_seed(dbt_project: Path, name: str, columns: Mapping[str, Callable[[str], Any]]) -> Seed:
    """`seeds/<name>.csv` with its columns typed."""
    file = dbt_project / "seeds" / f"{name}.csv"
    shown = f"seeds/{name}.csv"
    try:
        content = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        return Seed((), (Problem("the file cannot be read", shown, str(error.strerror), "put it back"),))
    except UnicodeDecodeError:
        return Seed((), (Problem("the file is not UTF-8 text", shown, fix="save it as CSV UTF-8"),))
    lines = csv.reader(io.StringIO(content, newline=""))
    header = next(lines, [])
    missing = [column for column in columns if column not in header]
    if missing:
        fix = f"the first line must name {', '.join(columns)}"
        return Seed((), (Problem(f"the column {', '.join(missing)} is missing", f"{shown}, line 1", fix=fix),))
    read = [_row(Row(shown, lines.line_num, {}), header, line, columns) for line in lines if any(line)]
    whole = tuple(row for row, _ in read if row is not None)
    return Seed(whole, tuple(chain.from_iterable(found for _, found in read)))


def _row(
    place: Row, header: Sequence[str], line: Sequence[str], columns: Mapping[str, Callable[[str], Any]]
) -> tuple[Row | None, list[Problem]]:
    if len(line) != len(header):
        fix = "write decimals with a point, and put a text that has a comma between quotation marks"
        what = f"{len(line)} cells under {len(header)} headings"
        return None, [Problem(what, f"{place.file}, line {place.line}", fix=fix)]
    values: dict[str, Any] = {}
    found: list[Problem] = []
    for column, cell in zip(header, line, strict=True):
        try:
            values[column] = columns.get(column, str)(cell)
        except ValueError as fault:
            what, _, fix = str(fault).partition(": ")
            found.append(Problem(what, place.where(column), fix=fix))
    return (None if found else Row(place.file, place.line, values)), found


def twice(rows: Iterable[Row], *key: str) -> Iterator[Problem]:
    """Lines that say again what an earlier line says."""
    seen: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        first = seen.setdefault(tuple(row[column] for column in key), row)
        if first is not row:
            yield Problem(
                f"{' and '.join(key)} are those of line {first.line}",
                row.where(key[-1]),
                fix="keep one of the two lines, or give the newer one its own date",
            )


def grouped(rows: Iterable[Row], *key: str) -> dict[tuple[Any, ...], list[Row]]:
    """Rows by the values of some columns, in the file's order."""
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        groups[tuple(row[column] for column in key)].append(row)
    return groups


def nobody_left_out(rows: Sequence[Row], file: str) -> Iterator[Problem]:
    """There must be a row for whoever has none of their own."""
    if not any(row["role"] == EVERYBODY for row in rows):
        yield Problem(f"no row has the role {EVERYBODY}", file, fix=f"add one with role {EVERYBODY}: it is everybody's")
