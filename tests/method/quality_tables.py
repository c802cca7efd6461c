"""Tables that the tests of quality scores put in place: graders with known leniency, forms, items, and the rules.

Belongs here: drawing them and putting them into a database. Does not belong here: what must come out (the tests).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import numpy as np

from tests.model_sql import DBT, database

RULES = {
    "critical_item_missed_share": 0.0,
    "item_missed_share": 0.5,
    "sampling_weight_floor": 0.2,
    "grader_min_forms": 20.0,
    "word_reliability": 0.5,
    "rater_agreement": 0.8,
    "rater_agreement_coaching": 0.67,
    "calibration_min_contacts": 20.0,
}
QUARTERS = (date(2025, 7, 1), date(2025, 10, 1), date(2026, 1, 1), date(2026, 4, 1))
FORM_TYPES = {
    "evaluation_id": "varchar",
    "grader": "varchar",
    "subject_id": "varchar",
    "agent_id": "varchar",
    "kind": "varchar",
    "quarter_start": "date",
    "day": "date",
    "score_points": "double",
    "is_calibration": "boolean",
    "form": "varchar",
    "form_version": "varchar",
}
ITEM_TYPES = {
    "evaluation_id": "varchar",
    "contact_id": "varchar",
    "agent_id": "varchar",
    "scored_at": "timestamp",
    "form": "varchar",
    "form_version": "varchar",
    "item": "varchar",
    "dimension": "varchar",
    "points": "double",
    "max_points": "double",
    "is_applicable": "boolean",
    "is_critical": "boolean",
    "grader": "varchar",
    "kind": "varchar",
    "quote": "varchar",
    "offset_seconds": "double",
}


@dataclass(frozen=True)
class Panel:
    """A quality team: how many graders score how much, and how far they differ."""

    graders: int = 6
    agents: int = 30
    forms: int = 12
    """Forms per agent and quarter."""
    quarters: int = 2
    calibrations: int = 6
    """Contacts per quarter that every grader scores."""
    home: float = 0.0
    """Share of forms that a grader gets from a team of their own; the rest goes by lot."""
    spread: float = 3.0
    """Standard deviation of leniency, in points."""


def draw(panel: Panel, seed: int) -> tuple[dict[str, float], list[dict[str, Any]]]:
    """True leniency by grader (mean 0), and the forms. Teams differ in skill; agents learn from quarter to quarter."""
    chance = np.random.default_rng(seed)
    leniency = chance.normal(size=panel.graders) * panel.spread
    leniency -= leniency.mean()
    team = np.arange(panel.agents) % panel.graders
    skill = 80 + chance.normal(size=panel.agents) * 4 + chance.normal(size=panel.graders)[team] * 3
    forms: list[dict[str, Any]] = []
    for quarter in QUARTERS[: panel.quarters]:
        skill = skill + chance.normal(size=panel.agents) * 1.5
        agent = np.repeat(np.arange(panel.agents), panel.forms)
        lot = chance.integers(0, panel.graders, len(agent))
        grader = np.where(chance.random(len(agent)) < panel.home, team[agent], lot)
        points = skill[agent] + leniency[grader] + chance.normal(size=len(agent)) * 9
        forms += [
            _form(f"{quarter}-{place}", g, a, "monitor", quarter, p)
            for place, (a, g, p) in enumerate(zip(agent.tolist(), grader.tolist(), points.tolist(), strict=True))
        ]
        for contact in range(panel.calibrations):
            scores = 80 + chance.normal() * 9 + leniency + chance.normal(size=panel.graders) * 3.5
            forms += [
                _form(f"{quarter}-k{contact}", g, 0, "calibration", quarter, p) for g, p in enumerate(scores.tolist())
            ]
    return {f"g{place:02d}": float(points) for place, points in enumerate(leniency)}, forms


def _form(label: str, grader: int, agent: int, kind: str, quarter: date, points: float) -> dict[str, Any]:
    return {
        "evaluation_id": label,
        "grader": f"g{grader:02d}",
        "subject_id": label,
        "agent_id": f"a{agent:02d}",
        "kind": kind,
        "quarter_start": quarter,
        "day": quarter,
        "score_points": points,
        "is_calibration": kind == "calibration",
        "form": "service",
        "form_version": "1",
    }


def items(evaluation: str, grader: str, points: Sequence[float], **others: Any) -> list[dict[str, Any]]:
    """Raw items of one form, ten points each, unless `others` says otherwise."""
    usual = {
        "contact_id": f"c-{evaluation}",
        "agent_id": "a",
        "scored_at": "2026-01-10 10:00:00",
        "form": "service",
        "form_version": "1",
        "dimension": "language",
        "max_points": 10.0,
        "is_applicable": True,
        "is_critical": False,
        "kind": "monitor",
    }
    return [
        {**usual, "evaluation_id": evaluation, "grader": grader, "item": f"item {place}", "points": given, **others}
        for place, given in enumerate(points, start=1)
    ]


def put_rows(
    connection: duckdb.DuckDBPyConnection, name: str, given: Sequence[Mapping[str, Any]], types: Mapping[str, str]
) -> None:
    """Create a table from thousands of rows at once. A key that a row lacks is empty."""
    text = json.dumps([{name: row.get(name) for name in types} for row in given], default=str)
    shape = json.dumps([{name: kind.upper() for name, kind in types.items()}])
    query = f"select unnest(from_json(?, '{shape}'), recursive := true)"
    connection.execute(f"create table {name} as {query}", [text])


@contextmanager
def quality_database(**rules: float) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database with the rules in force and the skill dimensions."""
    held = [{"rule_id": rule, "value": value} for rule, value in {**RULES, **rules}.items()]
    with database(int_rule_now=held) as connection:
        seed = str(DBT / "seeds" / "skill_dimensions.csv")
        connection.execute("create table skill_dimensions as select * from read_csv(?, header = true)", [seed])
        yield connection
