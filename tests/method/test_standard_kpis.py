"""The KPIs of the catalogue on the reference set's totals, through the very sums that the models run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import duckdb
import pytest

from tests.method.people_tables import contact_day, people_database, weekdays, work_day
from tests.method.systemic_inputs import oracle
from tests.model_sql import Project, database, put, rows

DAY = date(2026, 1, 5)


def catalogue_values(
    connection: duckdb.DuckDBPyConnection, source: str, relation: str, *kpi_ids: str
) -> dict[str, float]:
    """Values of catalogue KPIs over all rows of a relation, by the sums that the models run."""
    kpis = [kpi for kpi in Project().vars["kpis"] if kpi["id"] in kpi_ids]
    assert len(kpis) == len(kpi_ids)
    project = Project(kpis=kpis, sums=[])
    project.build(connection, relation)
    (sums,) = rows(connection, project.sql(f"select {{{{ kpi_sums('{source}') }}}} from {relation}"))
    sums = {name: float(amount) for name, amount in sums.items()}
    bases = {kpi["id"]: "w" if "weight" in kpi else "n" for kpi in kpis}
    return {kpi: sums[f"{kpi}_o"] / sums[f"{kpi}_{base}"] for kpi, base in bases.items()}


def contacts_of(inputs: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Contacts that add up to the reference set's totals."""
    handled, abandoned = inputs["handled"], inputs["abandoned"]
    common = {"started_at": "2026-01-05 09:00:00", "direction": "inbound", "is_offered": True}
    for number in range(handled):
        yield common | {
            "contact_id": f"handled {number}",
            "is_answered": True,
            "talk_seconds": inputs["talk_s"] / handled,
            "hold_seconds": inputs["hold_s"] / handled,
            "acw_seconds": inputs["acw_s"] / handled,
            "is_transferred": number < inputs["transferred"],
        }
    for number in range(abandoned):
        wait = 2 if number < inputs["short_abandoned"] else 40
        yield common | {"contact_id": f"abandoned {number}", "is_answered": False, "wait_seconds": wait}
    for number in range(inputs["offered"] - handled - abandoned):
        # reached the queue and was answered elsewhere: offered, neither handled here by anybody with times nor lost
        yield common | {"contact_id": f"voicemail {number}", "is_answered": True}


RAW_SURVEYS = (
    "survey_id varchar, contact_id varchar, agent_id varchar, answered_at timestamp, score double, scale_min double, "
    "scale_max double, is_resolved boolean"
)
RAW_CONTACTS = (
    "contact_id varchar, agent_id varchar, started_at timestamp, channel varchar, direction varchar, queue varchar, "
    "reason varchar, segment varchar, is_offered boolean, is_answered boolean, wait_seconds double, "
    "talk_seconds double, hold_seconds double, acw_seconds double, dial_seconds double, first_response_seconds double, "
    "is_transferred boolean, is_resolved boolean, is_complaint boolean, released_by varchar, customer_key varchar"
)


def test_the_contact_kpis_of_the_catalogue_equal_the_reference_set() -> None:
    reference = oracle("kpi_definitions")
    inputs, expected = reference["inputs"], reference["expected"]
    with database() as connection:
        put(connection, "raw_contacts", list(contacts_of(inputs)), RAW_CONTACTS)
        found = catalogue_values(
            connection, "contacts", "stg_contacts", "average_handle_time", "transfer_rate", "abandon_rate"
        )
        connection.execute(
            "create table with_complaints as select *, "
            f"cast(row_number() over (order by contact_id) <= {inputs['upheld']} as integer) as upheld_complaints "
            "from stg_contacts where talk_seconds is not null"
        )
        found |= catalogue_values(connection, "contacts", "with_complaints", "complaint_rate")
    close = {"abs": reference["tolerance"]}
    assert found["average_handle_time"] == pytest.approx(expected["aht_s"], **close)
    assert found["transfer_rate"] == pytest.approx(expected["transfer_rate"], **close)
    assert found["abandon_rate"] == pytest.approx(expected["abandon_rate_excl_short"], **close)
    assert 1000 * found["complaint_rate"] == pytest.approx(expected["complaints_per_1000"], **close)


def answers(scores: list[int]) -> Iterator[dict[str, Any]]:
    """One answer on 1 to 5 for each score."""
    scale = {"answered_at": "2026-01-05 09:00:00", "scale_min": 1.0, "scale_max": 5.0}
    for number, score in enumerate(scores):
        yield scale | {"survey_id": str(number), "score": float(score)}


def test_the_other_kpis_of_the_catalogue_equal_the_reference_set() -> None:
    reference = oracle("kpi_definitions")
    inputs, expected = reference["inputs"], reference["expected"]
    handle_seconds = inputs["talk_s"] + inputs["hold_s"] + inputs["acw_s"]
    contacts = [contact_day("a", DAY, inputs["handled"], average_handle_time=handle_seconds)]
    shift = work_day(
        "a", DAY, adherent_minutes=float(inputs["adherent_min"]), available_minutes=inputs["available_s"] / 60
    )
    assert shift["scheduled_minutes"] == inputs["scheduled_min"]
    on_time, due = inputs["callbacks_on_time"], inputs["callbacks_due"]
    promises = [{"is_due": number < due, "is_on_time": number < on_time} for number in range(due + 5)]
    with people_database({"raw_attendance": [shift], "int_contact_day": contacts, "promises": promises}) as connection:
        put(connection, "raw_surveys", list(answers(inputs["csat"])), RAW_SURVEYS)
        found = catalogue_values(connection, "workdays", "int_workday", "occupancy", "adherence")
        found |= catalogue_values(connection, "surveys", "stg_surveys", "csat_mean", "csat_top2")
        found |= catalogue_values(connection, "callbacks", "promises", "callback_on_time")
    for kpi_id in ("occupancy", "adherence", "csat_mean", "csat_top2", "callback_on_time"):
        assert found[kpi_id] == pytest.approx(expected[kpi_id], abs=reference["tolerance"]), kpi_id


def test_the_attendance_example_takes_approved_leave_out_of_the_plan() -> None:
    """168 hours in 21 shifts, one of them on leave; 150.5 hours present."""
    example = oracle("seed_formulas")["expected"]["attendance"]
    days = list(weekdays(date(2026, 1, 1), date(2026, 1, 30)))[:21]
    worked = [480.0] * 18 + [example["present_hours"] * 60 - 18 * 480.0, 0.0, 0.0]
    shifts = [work_day("a", day, worked_minutes=minutes) for day, minutes in zip(days, worked, strict=True)]
    shifts[-1] |= {"approved_leave_minutes": example["approved_leave_hours"] * 60, "status": "leave"}
    assert sum(shift["scheduled_minutes"] for shift in shifts) == example["scheduled_hours"] * 60
    with people_database({"raw_attendance": shifts}) as connection:
        found = catalogue_values(connection, "workdays", "int_workday", "attendance_rate")
    assert found["attendance_rate"] == pytest.approx(example["expect"], abs=oracle("seed_formulas")["tolerance"])
