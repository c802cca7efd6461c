"""Reference results in tests/method/oracles, and how tests compare the project's arithmetic with them.

Belongs here: reading a reference set, evaluating a macro over rows, comparing within the set's tolerance. Does not
belong here: what a set is about (the tests), running models (tests/model_sql.py).
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from tests.model_sql import Project, database, rows

ORACLES = Path(__file__).with_name("oracles")


@dataclass(frozen=True)
class Reference:
    """One set: what goes in, what an independent source says comes out, and how near the project must come."""

    inputs: Any
    expected: Any
    tolerance: float

    def agrees(self, found: object, expected: object) -> bool:
        """Whether `found` equals `expected` within the set's tolerance: numbers, or sequences of equal shape."""
        return _agree(found, expected, self.tolerance)


def index() -> Mapping[str, float]:
    """Every set of INDEX.csv and its tolerance."""
    with (ORACLES / "INDEX.csv").open(encoding="utf-8", newline="") as lines:
        return {row["oracle"]: float(row["tolerance"]) for row in csv.DictReader(lines)}


def reference(name: str) -> Reference:
    """The set of this name; its tolerance is the one that INDEX.csv states."""
    content = json.loads((ORACLES / f"{name}.json").read_text(encoding="utf-8"))
    return Reference(content["inputs"], content["expected"], index()[name])


def table(file: str) -> list[dict[str, Any]]:
    """Rows of a reference set's CSV file, numbers as numbers."""
    with (ORACLES / file).open(encoding="utf-8", newline="") as lines:
        return [{name: _number(text) for name, text in row.items()} for row in csv.DictReader(lines)]


@lru_cache
def the_project(**changed: int) -> Project:
    """The project with some variables changed; read once, since its macros are many."""
    return Project(**changed)


@lru_cache
def inlined(text: str) -> str:
    """SQL with its macros inlined by the project's own variables."""
    return the_project().sql(text)


def calculate(given: Sequence[Mapping[str, Any]], **expressions: str) -> list[dict[str, Any]]:
    """Evaluate SQL expressions (with macros) over rows, in the order of the rows."""
    selected = ", ".join(f"{inlined(text)} as {name}" for name, text in expressions.items())
    with database(given=[{**row, "place": place} for place, row in enumerate(given)]) as connection:
        found = rows(connection, f"select place, {selected} from given order by place")
    return [{name: row[name] for name in expressions} for row in found]


def _number(text: str) -> Any:
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return text


def _agree(found: object, expected: object, tolerance: float) -> bool:
    if isinstance(expected, (list, tuple)):
        return (
            isinstance(found, (list, tuple))
            and len(found) == len(expected)
            and all(_agree(one, other, tolerance) for one, other in zip(found, expected, strict=True))
        )
    if isinstance(found, (int, float)) and isinstance(expected, (int, float)):
        return math.isfinite(found) and abs(found - expected) <= tolerance
    return found == expected
