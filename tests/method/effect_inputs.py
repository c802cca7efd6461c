"""Tables that the models of effects read, put in place of their models, and worlds in which the truth is known.

Belongs here: members of comparisons from arrays, what the verdict needs around them, draws of skill and noise. Does not
belong here: anything a test asserts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt

from tests.model_sql import put

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
START = date(2026, 4, 1)
KPI = "qa_score"
MEMBER = {
    "programme_kind": "varchar", "programme_id": "varchar", "kpi_id": "varchar", "start_month": "date",
    "direction": "varchar", "agent_id": "varchar", "is_treated": "boolean", "pre0": "double", "pre1": "double",
    "post": "double", "month_1": "double", "month_2": "double", "month_3": "double", "usual_value": "double",
}  # fmt: skip
RULES = {
    "worthwhile_gain_points": 3.0,
    "effect_sure_z": 1.645,
    "mde_alpha": 0.05,
    "mde_power": 0.8,
    "fdr_q": 0.1,
    "effect_min_treated": 8.0,
    "effect_min_control": 20.0,
    "effect_min_tenure_days": 180.0,
    "effect_min_months": 2.0,
}


@dataclass(frozen=True)
class World:
    """People of one comparison: who started, and their values before (twice) and after."""

    treated: Bools
    pre0: Floats
    pre1: Floats
    post: Floats


def put_lists(connection: duckdb.DuckDBPyConnection, table: str, types: Mapping[str, str], rows: Sequence[Any]) -> None:
    """Create a table from tuples in the order of `types`, quickly even for a hundred thousand rows."""
    columns = zip(types, zip(*rows, strict=True), strict=True)
    given = {name: np.array([_text(value) for value in column]) for name, column in columns}
    picked = ", ".join(f"cast(nullif(cast({name} as varchar), '') as {kind}) as {name}" for name, kind in types.items())
    connection.execute(f"create table {table} as select {picked} from given")  # DuckDB reads the variable `given`
    assert len(given) == len(types)


def _text(value: object) -> str:
    """As SQL reads it, every digit of a number included; nothing for None."""
    return "" if value is None else value if isinstance(value, str) else str(value)


def put_members(
    connection: duckdb.DuckDBPyConnection, worlds: Mapping[str, World], start_month: Mapping[str, date] | None = None
) -> None:
    """`int_effect_member` with one programme per world; each month after has the value of the whole span."""
    found: list[tuple[Any, ...]] = []
    for name, world in worlds.items():
        started = (start_month or {}).get(name, START)
        values = zip(world.treated.tolist(), world.pre0.tolist(), world.pre1.tolist(), world.post.tolist(), strict=True)
        for agent, (treated, pre0, pre1, post) in enumerate(values):
            who = ("coaching", name, KPI, started, "inbound", f"A{agent}", treated)
            found.append((*who, pre0, pre1, post, post, post, post, 80.0))
    put_lists(connection, "int_effect_member", MEMBER, found)


def put_surroundings(connection: duckdb.DuckDBPyConnection, programmes: Sequence[str], unit: str = "points") -> None:
    """What `fct_programme_effect` reads beside the estimates: rules, programmes, outcomes, starts and months."""
    put(connection, "int_rule_now", [{"rule_id": rule, "value": value} for rule, value in RULES.items()])
    keys = [{"programme_kind": "coaching", "programme_id": name} for name in programmes]
    put(connection, "dim_programme", [{**key, "name_en": key["programme_id"], "name_zh": "项目"} for key in keys])
    outcome = {"kpi_id": KPI, "outcome_level": "goal", "unit": unit, "source_table": "evaluations"}
    put(connection, "int_effect_outcome", [{**key, **outcome} for key in keys])
    put(connection, "int_effect_start", [{**key, "agent_id": "A0", "start_month": START} for key in keys])
    months = [{"kpi_id": KPI, "start_month": START, "span": span, "is_enough": True} for span in ("pre0", "pre1")]
    after = {"kpi_id": KPI, "start_month": START, "span": "post", "is_enough": True}
    put(connection, "int_effect_month", [*months, after, after, after])


SD, LASTING, PEOPLE, TREND = 6.4, 0.39, 200, 0.5


def drawn(draw: np.random.Generator, selection: str, gain: float = 0.0, share: float = 0.25) -> World:
    """Two hundred people whose skill explains 39 % of the variance of a span (SD 6.4); everybody rises by half a point.

    `selection`: last_low (the lowest `share` of pre1), weak_team (a team 4 points below the others) or by_lot.
    """
    skill = draw.normal(0, SD * LASTING**0.5, PEOPLE)
    size = round(PEOPLE * share)
    if selection == "weak_team":
        skill[:size] -= 4.0
    pre0, pre1, post = (80 + skill + draw.normal(0, SD * (1 - LASTING) ** 0.5, PEOPLE) for _ in range(3))
    treated = np.zeros(PEOPLE, dtype=np.bool_)
    if selection == "last_low":
        treated[np.argsort(pre1)[:size]] = True
    elif selection == "by_lot":
        treated[draw.permutation(PEOPLE)[:size]] = True
    else:
        treated[:size] = True
    return World(treated, pre0, pre1, post + TREND + np.where(treated, gain, 0.0))
