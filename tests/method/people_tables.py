"""A small centre whose people work, are scored and are trained, as tables that the models of people read.

Belongs here: rows put in place of raw tables and of models about contacts, with what a test does not care about filled
in. Does not belong here: anything a test asserts.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import duckdb

from tests.model_sql import Values, database, put

FIRST_DAY, LAST_DAY = date(2026, 1, 1), date(2026, 3, 31)
MONTHS = ((date(2026, 1, 1), date(2026, 1, 31)), (date(2026, 2, 1), date(2026, 2, 28)), (date(2026, 3, 1), LAST_DAY))
INDICES = ("call_volume_index", "service_quality_index", "training_index")
SHIFT_MINUTES = 480.0

TYPES = {
    "int_data_span": "first_day date, last_day date",
    "dim_period": "period_kind varchar, period_start date, period_end date",
    "dim_kpi": "kpi_id varchar, is_delivered boolean",
    "int_membership": "agent_id varchar, team_id varchar, from_day date, until_day date",
    "stg_agents": "agent_id varchar, role varchar, valid_from date, valid_until date",
    "stg_contacts": "contact_id varchar, is_complaint boolean, customer_key varchar",
    "int_contact_day": (
        "grain varchar, entity_id varchar, day date, contacts_handled_o double, complaints_handled_o double, "
        "repeats_handled_o double, repeats_caused_o double, complaint_rate_o double, average_handle_time_n bigint, "
        "average_handle_time_o double"
    ),
    "raw_attendance": (
        "agent_id varchar, work_date date, scheduled_minutes double, approved_leave_minutes double, "
        "worked_minutes double, adherent_minutes double, available_minutes double, status varchar"
    ),
    "int_state_day": (
        "agent_id varchar, day date, scheduled_minutes double, approved_leave_minutes double, worked_minutes double, "
        "adherent_minutes double, available_minutes double, status varchar"
    ),
    "int_evaluation": ("agent_id varchar, day date, score_points double, is_calibration boolean, is_test_call boolean"),
    "raw_training": (
        "session_id varchar, course_id varchar, course_name varchar, stage varchar, course_type varchar, "
        "dimension varchar, method varchar, trainer varchar, trainer_source varchar, agent_id varchar, "
        "held_on date, hours double, score_points double, absence varchar, reaction_points double, is_voluntary boolean"
    ),
}
Tables = dict[str, list[dict[str, Any]]]


def periods() -> list[dict[str, Any]]:
    """Three months, their quarter and the whole span."""
    months = [{"period_kind": "month", "period_start": first, "period_end": last} for first, last in MONTHS]
    longer = [{"period_kind": kind, "period_start": FIRST_DAY, "period_end": LAST_DAY} for kind in ("quarter", "all")]
    return months + longer


def contact_day(agent: str, day: date, handled: float, **counts: float) -> dict[str, Any]:
    """One agent's sums of a day as int_contact_day has them; what is not named is none."""
    names = ("complaints_handled", "repeats_handled", "repeats_caused", "complaint_rate", "average_handle_time")
    sums = {f"{name}_o": counts.get(name, 0.0) for name in names}
    timed = {"average_handle_time_n": int(handled)}
    return {"grain": "agent", "entity_id": agent, "day": day, "contacts_handled_o": handled, **sums, **timed}


def work_day(agent: str, day: date, **changed: Any) -> dict[str, Any]:
    """One planned shift, worked as planned but for what is named."""
    shift = {
        "scheduled_minutes": SHIFT_MINUTES,
        "approved_leave_minutes": 0.0,
        "worked_minutes": SHIFT_MINUTES,
        "adherent_minutes": 450.0,
        "available_minutes": 60.0,
        "status": "present",
    }
    return {"agent_id": agent, "work_date": day, **shift, **changed}


def evaluation(agent: str, day: date, score: float, test_call: bool = False) -> dict[str, Any]:
    """One scored contact."""
    return {
        "agent_id": agent,
        "day": day,
        "score_points": score,
        "is_calibration": False,
        "is_test_call": test_call,
    }


def seat(agent: str, day: date, score: float | None, absence: str | None = None) -> dict[str, Any]:
    """One invitation to a session."""
    return {
        "session_id": f"session {day}",
        "course_id": "course",
        "agent_id": agent,
        "held_on": day,
        "score_points": score,
        "absence": absence,
    }


def weekdays(first: date, last: date) -> Iterator[date]:
    """Mondays to Fridays from first to last."""
    day = first
    while day <= last:
        if day.weekday() < 5:
            yield day
        day += timedelta(days=1)


def believable_centre(seed: int = 1) -> Tables:
    """A quarter of six agents in two teams, one of whom works alone in hers and one of whom changes teams."""
    draw = random.Random(seed)  # noqa: S311 - test data
    agents = ("alone", "b", "c", "d", "mover", "without_team")
    tables: Tables = {name: [] for name in ("int_contact_day", "raw_attendance", "int_evaluation", "raw_training")}
    for agent in agents:
        for day in weekdays(FIRST_DAY, LAST_DAY):
            handled = draw.randint(3, 12)
            late = draw.random() < 0.1
            tables["int_contact_day"].append(
                contact_day(
                    agent,
                    day,
                    handled,
                    complaints_handled=float(draw.random() < 0.1),
                    repeats_handled=float(draw.randint(0, 2)),
                    repeats_caused=float(draw.randint(0, 3)),
                    complaint_rate=float(draw.random() < 0.03),
                    average_handle_time=handled * draw.uniform(200, 500),
                )
            )
            tables["raw_attendance"].append(
                work_day(
                    agent,
                    day,
                    approved_leave_minutes=SHIFT_MINUTES if draw.random() < 0.05 else 0.0,
                    worked_minutes=SHIFT_MINUTES - (draw.randint(1, 40) if late else 0),
                    available_minutes=float(draw.randint(5, 90)),
                    status="late" if late else "present",
                )
            )
            if draw.random() < 0.3:
                score = float(draw.randint(60, 100))
                tables["int_evaluation"].append(evaluation(agent, day, score, draw.random() < 0.2))
            if draw.random() < 0.08:
                absence = "unexcused" if draw.random() < 0.3 else None
                tables["raw_training"].append(seat(agent, day, None if absence else draw.randint(60, 100), absence))
    forever = {"from_day": date(1, 1, 1), "until_day": date(9999, 12, 31)}
    moved = date(2026, 2, 12)
    tables["int_membership"] = [
        {"agent_id": "alone", "team_id": "solo", **forever},
        *({"agent_id": agent, "team_id": "red", **forever} for agent in ("b", "c", "d")),
        {"agent_id": "mover", "team_id": "red", "from_day": date(1, 1, 1), "until_day": moved},
        {"agent_id": "mover", "team_id": "blue", "from_day": moved, "until_day": date(9999, 12, 31)},
    ]
    return tables


@contextmanager
def people_database(
    tables: Mapping[str, Iterable[Values]], last_day: date = LAST_DAY
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database with these tables and, for what is not given, three months in which everything is delivered."""
    everything: dict[str, Sequence[Values]] = {
        "int_data_span": [{"first_day": FIRST_DAY, "last_day": last_day}],
        "dim_period": [period for period in periods() if period["period_start"] <= last_day],
        "dim_kpi": [{"kpi_id": kpi, "is_delivered": True} for kpi in INDICES],
        "stg_contacts": [{"contact_id": "any", "is_complaint": False, "customer_key": "any"}],
        **{name: list(given) for name, given in tables.items()},
    }
    with database() as connection:
        for name, types in TYPES.items():
            put(connection, name, (), types)
            _fill(connection, name, everything.pop(name, ()))
        for name, given in everything.items():
            put(connection, name, given)
        yield connection


def _fill(connection: duckdb.DuckDBPyConnection, name: str, given: Sequence[Values]) -> None:
    """Insert rows column by column, which is many times quicker than row by row."""
    typed = [part.split() for part in TYPES[name].split(", ")]
    columns = ", ".join(f"unnest(cast(? as {kind}[]))" for _, kind in typed)
    connection.execute(f"insert into {name} select {columns}", [[row.get(key) for row in given] for key, _ in typed])
