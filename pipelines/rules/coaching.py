"""Checks error_types.csv and policies.csv: what coaching may call an error, and which standards it may quote.

Belongs here: spellings that would be ambiguous, policies about nothing. Does not belong here: the techniques (advice),
how an item finds its error (int_error_type_spelling).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from pipelines.errors import Problem
from pipelines.rules.seeds import Catalogue, Row, Seeds, day, number, text, twice

PRACTICE = ("talk", "simulation", "process")
KINDS = ("standard", "consequence")


def _one_of(allowed: tuple[str, ...]) -> Callable[[str], str]:
    def read(cell: str) -> str:
        if cell not in allowed:
            raise ValueError(f"{cell!r} is not known: write {', '.join(allowed)}")
        return cell

    return read


def _day_or_nothing(cell: str) -> object:
    return day(cell) if cell.strip() else None


ERROR_TYPES: Mapping[str, Callable[[str], Any]] = {
    "error_type": text,
    "position": number,
    "practice": _one_of(PRACTICE),
    "label_en": text,
    "label_zh": text,
    "aliases": text,
}
POLICIES: Mapping[str, Callable[[str], Any]] = {
    "policy_id": text,
    "error_type": text,
    "kind": _one_of(KINDS),
    "valid_from": day,
    "text_en": text,
    "text_zh": text,
    "source_en": text,
    "source_zh": text,
    "owner": text,
    "review_on": _day_or_nothing,
}


def faults(seeds: Seeds, catalogue: Catalogue) -> Iterator[Problem]:
    """Everything wrong with the two files together."""
    errors, policies = seeds["error_types"], seeds["policies"]
    yield from twice(errors, "error_type")
    yield from twice(policies, "policy_id", "valid_from")
    yield from _spelt_twice(errors)
    for row in errors:
        kpi_id = row["kpi_id"]
        if kpi_id and kpi_id not in catalogue:
            yield Problem(f"no KPI is called {kpi_id!r}", row.where("kpi_id"), fix="see vars.kpis, or leave it empty")
    known = {row["error_type"] for row in errors}
    for row in policies:
        if row["error_type"] not in known:
            why = "the policy would never be quoted"
            fix = "use an error_type of seeds/error_types.csv"
            yield Problem(f"no error is called {row['error_type']!r}", row.where("error_type"), why, fix)


def _spelt_twice(errors: Iterable[Row]) -> Iterator[Problem]:
    seen: dict[str, Row] = {}
    for row in errors:
        for alias in {spelling.strip().lower().replace("_", " ") for spelling in row["aliases"].split("|")}:
            first = seen.setdefault(alias, row)
            if first is not row:
                why = f"an item of that name could be {first['error_type']} or {row['error_type']}"
                yield Problem(f"the spelling {alias!r} stands twice", row.where("aliases"), why, "keep one of them")
