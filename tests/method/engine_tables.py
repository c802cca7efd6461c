"""Tables that the engine's tests put in place of its sources: one window, one KPI, one peer group."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from tests.model_sql import put

ORACLES = Path(__file__).parent / "oracles"
WINDOW = {"window_kind": "quarter", "window_start": "2026-01-01"}
AGENT_TYPES = (
    "window_kind varchar, window_start date, window_end date, position bigint, agent_id varchar, team_id varchar, "
    "role varchar, tenure_days bigint, tenure_band varchar, peer varchar"
)
CELL_TYPES = (
    "window_kind varchar, window_start date, kpi_id varchar, agent_id varchar, stratum varchar, "
    "coarse_stratum varchar, n bigint, w double, o double, ss double"
)
STANDING_TYPES = (
    "kpi_id varchar, window_kind varchar, window_start date, agent_id varchar, team_id varchar, role varchar, "
    "tenure_days bigint, tenure_band varchar, peer varchar, family varchar, better varchar, n bigint, w double, "
    "o double, e double, no_reference_share double, centre_value double, value double, expected_value double, "
    "y double, v double, design_effect double, adjusted_value double, adjusted_variance double"
)


def reference(name: str) -> dict[str, Any]:
    """A reference set."""
    content: dict[str, Any] = json.loads((ORACLES / f"{name}.json").read_text(encoding="utf-8"))
    return content


def reference_rows(name: str) -> list[dict[str, str]]:
    """The rows of a reference table, as text."""
    with (ORACLES / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def put_cells(
    connection: duckdb.DuckDBPyConnection,
    cells: Sequence[dict[str, Any]],
    family: str,
    least: float = 1,
    effect: float = 1,
) -> None:
    """int_cell, its agents, the KPI `k` of a family, a rule for the least reference and a design effect."""
    filled = [
        {**WINDOW, "kpi_id": "k", "coarse_stratum": "", "w": cell["n"], "ss": cell["o"], **cell} for cell in cells
    ]
    put(connection, "int_cell", filled, CELL_TYPES)
    put(connection, "dim_kpi", [{"kpi_id": "k", "family": family, "better": "higher"}])
    keys = sorted({(cell["window_kind"], cell["window_start"], cell["agent_id"]) for cell in filled})
    put_agents(connection, keys)
    windows = sorted({key[:2] for key in keys})
    put(
        connection,
        "int_rule",
        [{"window_kind": kind, "window_start": start, "min_reference_n": least} for kind, start in windows],
        "window_kind varchar, window_start date, min_reference_n double",
    )
    put(
        connection,
        "int_design_effect",
        [{"window_kind": kind, "window_start": day, "kpi_id": "k", "design_effect": effect} for kind, day in windows],
        "window_kind varchar, window_start date, kpi_id varchar, design_effect double",
    )


def put_agents(connection: duckdb.DuckDBPyConnection, keys: Sequence[tuple[str, str, str]]) -> None:
    """int_agent_window with everybody in one team and one peer group."""
    agents = [
        {
            "window_kind": kind,
            "window_start": start,
            "window_end": start,
            "position": 1,
            "agent_id": agent,
            "team_id": "t",
            "role": "general",
            "tenure_days": 400,
            "tenure_band": "180+",
            "peer": "general|180+",
        }
        for kind, start, agent in keys
    ]
    put(connection, "int_agent_window", agents, AGENT_TYPES)


def put_standing(connection: duckdb.DuckDBPyConnection, found: Sequence[dict[str, Any]], family: str = "mean") -> None:
    """int_standing from rows of y and v."""
    filled = [
        {
            **WINDOW,
            "kpi_id": "k",
            "agent_id": f"{number:03d}",
            "peer": "p",
            "family": family,
            "better": "higher",
            "n": 1,
            "w": 1.0,
            "centre_value": 1.0,
            "value": 1.0,
            "adjusted_value": 1.0,
            **row,
        }
        for number, row in enumerate(found)
    ]
    put(connection, "int_standing", filled, STANDING_TYPES)
