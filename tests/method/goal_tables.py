"""Tables that the models of coaching goals read, put in place of their models, and centres in which the truth is known.

Belongs here: goals, what is observed of them day by day, what stands around them. Does not belong here: anything a test
asserts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import duckdb
import numpy as np
import numpy.typing as npt

from tests.model_sql import put

Floats = npt.NDArray[np.float64]
Draw = Callable[[np.random.Generator, Floats], Floats]
"""Observations whose expected values are given."""
HELD = date(2026, 4, 1)
DESIGN_EFFECT = "window_kind varchar, window_start date, kpi_id varchar, design_effect double"
ANYWAY = (
    "coaching_id varchar, goal_number bigint, anyway_value double, anyway_low double, anyway_high double, z double, "
    "p_beyond_anyway double"
)


@dataclass(frozen=True)
class Goal:
    """What everybody of a centre has agreed."""

    kpi_id: str
    family: str
    better: str
    baseline: float
    target: float
    days: int

    def path(self, day: Floats) -> Floats:
        """The level of somebody exactly on the way, so many days after the session."""
        return self.baseline + (self.target - self.baseline) * day / self.days


def put_goals(connection: duckdb.DuckDBPyConnection, goal: Goal, people: int, last_day: date) -> None:
    """The same goal of c0, c1 … for a0, a1 …, and data that ends on `last_day`."""
    connection.execute(
        "create table int_goal_agreed as select 'c' || i as coaching_id, 1 as goal_number, 'a' || i as agent_id, "
        "cast($held as date) as held_on, cast($due as date) as due_on, cast($held as date) as month_start, "
        "$kpi as kpi_id, true as names_kpi, $family as family, $better as better, 0 as settles_after_days, "
        "cast($baseline as double) as baseline_value, cast($target as double) as target_value "
        "from range($people) as t(i)",
        {
            "held": HELD, "due": HELD + timedelta(days=goal.days), "kpi": goal.kpi_id, "family": goal.family,
            "better": goal.better, "baseline": goal.baseline, "target": goal.target, "people": people,
        },
    )  # fmt: skip
    connection.execute(
        "create table fct_coaching_plan as select coaching_id, goal_number, 'short' as horizon, 'agreed' as status "
        "from int_goal_agreed"
    )
    put(connection, "int_data_span", [{"first_day": date(2025, 10, 1), "last_day": last_day}])
    put(connection, "int_window", [{"window_kind": "quarter", "window_start": date(2026, 1, 1), "is_current": True}])
    put(connection, "int_design_effect", [], DESIGN_EFFECT)


def put_days(connection: duckdb.DuckDBPyConnection, kpi_id: str, agent: Floats, day: Floats, measure: Floats) -> None:
    """Sums per agent and day of single observations; `day` counts from the session."""
    observed = {"agent": agent.astype(int), "day": day.astype(int), "measure": measure}
    assert observed  # DuckDB reads the variable by its name
    connection.execute(
        f"create table int_goal_kpi_day as select '{kpi_id}' as kpi_id, 'a' || agent as agent_id, "
        f"date '{HELD}' + cast(day as integer) as day, count(*) as n, cast(count(*) as double) as w, "
        "sum(measure) as o, sum(measure * measure) as ss from observed group by agent, day"
    )


Observations = tuple[Floats, Floats, Floats]
"""Agent, day and measure."""


def on_the_way(goal: Goal, people: int, per_day: float, until: int, draw: Draw, seed: int) -> Observations:
    """What is observed of people who are exactly on the way."""
    generator = np.random.default_rng(seed)
    counts = generator.poisson(per_day, (people, until))
    agent, day = (part.astype(float) for part in np.nonzero(counts))
    times = counts[counts > 0]
    agent, day = np.repeat(agent, times), np.repeat(day + 1, times)
    return agent, day, draw(generator, goal.path(day))


def shares(generator: np.random.Generator, level: Floats) -> Floats:
    return (generator.random(len(level)) < level).astype(float)


def counts(generator: np.random.Generator, level: Floats) -> Floats:
    return generator.poisson(level).astype(float)


def scores(generator: np.random.Generator, level: Floats) -> Floats:
    return level + generator.normal(0, 10, len(level))


def times(generator: np.random.Generator, level: Floats) -> Floats:
    """Lognormal like handle times, with a standard deviation of the logarithm of .8."""
    result: Floats = level * np.exp(generator.normal(-0.32, 0.8, len(level)))
    return result
