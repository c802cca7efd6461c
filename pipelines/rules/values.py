"""Checks rules.csv: each number within its own bounds, in its own unit, and in order with the others.

Belongs here: the unit trap, which the sources themselves fall into. Does not belong here: what a rule does.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from datetime import date

from pipelines.errors import Problem
from pipelines.rules.seeds import Catalogue, Row, Seeds, day, grouped, number, text, twice

COLUMNS = {
    "rule_id": text,
    "valid_from": day,
    "value": number,
    "unit": text,
    "lowest": number,
    "highest": number,
    "owner": text,
}
BEGINNING = date(1900, 1, 1)
ORDERED = (
    ("tier_low_cut", "tier_high_cut"),
    ("tier_stay", "tier_enter"),
    ("word_reliability", "tier_reliability"),
    ("rater_agreement_coaching", "rater_agreement"),
)
"""Pairs of which the first may never exceed the second."""


def faults(seeds: Seeds, catalogue: Catalogue) -> Iterator[Problem]:
    """Everything wrong with rules.csv, cell by cell and then together."""
    del catalogue
    rows = seeds["rules"]
    for row in rows:
        yield from _out_of_bounds(row)
    yield from twice(rows, "rule_id", "valid_from")
    groups = {str(rule_id): group for (rule_id,), group in grouped(rows, "rule_id").items()}
    from_the_beginning = [rule for rule, group in groups.items() if any(r["valid_from"] == BEGINNING for r in group)]
    for rule_id, group in groups.items():
        if rule_id not in from_the_beginning:
            yield _without_beginning(group[0], from_the_beginning)
        yield from _other_bounds(group)
    for lower, upper in ORDERED:
        yield from _out_of_order(groups.get(lower, []), groups.get(upper, []))


def unit_trap(value: float, lowest: float, highest: float, unit: str) -> str:
    """What a number out of its bounds was probably meant to be, or an empty text."""
    points = unit.startswith("points")
    scale = f"{unit} on the 0-100 scale" if points else unit
    small = value < lowest or (points and highest == 100 and 0 < value <= 1)
    if small and lowest <= value * 100 <= highest:
        return f"{value:g} looks like a fraction; this is in {scale}: write {value * 100:g}"
    if value > highest and lowest <= value / 100 <= highest:
        seen = "a hundred times too large" if points else "a percentage"
        return f"{value:g} looks like {seen}; this is in {scale}: write {value / 100:g}"
    return ""


def _out_of_bounds(row: Row) -> Iterator[Problem]:
    value, lowest, highest, unit = (row[name] for name in ("value", "lowest", "highest", "unit"))
    if lowest > highest:
        yield Problem(f"lowest {lowest:g} exceeds highest {highest:g}", row.where("lowest"), fix="swap the two bounds")
        return
    trap = unit_trap(value, lowest, highest, unit)
    if trap or not lowest <= value <= highest:
        yield Problem(
            f"{row['rule_id']} is {value:g} {unit}, outside {lowest:g} to {highest:g}"
            if not lowest <= value <= highest
            else f"{row['rule_id']} is {value:g} {unit}",
            row.where("value"),
            why="a number in the wrong unit changes verdicts about people without anybody noticing",
            fix=trap or f"write a number from {lowest:g} to {highest:g}",
        )


def _without_beginning(row: Row, known: Sequence[str]) -> Problem:
    near = difflib.get_close_matches(str(row["rule_id"]), known, n=1)
    fix = f"did you mean {near[0]}?" if near else f"add a row from {BEGINNING} on"
    return Problem(f"{row['rule_id']} has no value from the beginning", row.where("rule_id"), fix=fix)


def _other_bounds(group: Sequence[Row]) -> Iterator[Problem]:
    for row in group[1:]:
        for column in ("unit", "lowest", "highest"):
            if row[column] != group[0][column]:
                yield Problem(
                    f"{column} differs from that of line {group[0].line}",
                    row.where(column),
                    why="unit and bounds belong to the rule, only its value changes",
                    fix=f"write {group[0][column]}",
                )


def _out_of_order(lower: Sequence[Row], upper: Sequence[Row]) -> Iterator[Problem]:
    """The two as they are in force on each day that either changes."""
    for since in sorted({row["valid_from"] for row in (*lower, *upper)}):
        low, high = _in_force(lower, since), _in_force(upper, since)
        if low and high and low["value"] > high["value"]:
            newer = max(low, high, key=lambda row: (row["valid_from"], row.line))
            yield Problem(
                f"from {since} on {low['rule_id']} {low['value']:g} exceeds {high['rule_id']} {high['value']:g}",
                newer.where("value"),
                fix=f"keep {low['rule_id']} at or below {high['rule_id']}",
            )


def _in_force(rows: Sequence[Row], on: date) -> Row | None:
    valid = [row for row in rows if row["valid_from"] <= on]
    return max(valid, key=lambda row: row["valid_from"], default=None)
