"""The formulas of the first source: worked examples, units, missing data, and one figure at every grain."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

import pytest

from tests.method.people_tables import (
    FIRST_DAY,
    INDICES,
    LAST_DAY,
    Tables,
    believable_centre,
    contact_day,
    evaluation,
    people_database,
    seat,
    weekdays,
    work_day,
)
from tests.method.systemic_inputs import oracle
from tests.model_sql import Project, database, rows

SOURCE_EXAMPLES, TOLERANCE = oracle("seed_formulas")["expected"], oracle("seed_formulas")["tolerance"]
JANUARY, FEBRUARY, MARCH = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)
DAY = date(2026, 1, 5)


@lru_cache
def project(**changed: Any) -> Project:
    """The project, rendered once for all tests that change the same variables."""
    return Project(**changed)


def worked_out(expression: str) -> float:
    """Value of an expression of macros over literals."""
    with database() as connection:
        (found,) = rows(connection, f"select {project().sql(expression)} as result")
    return float(found["result"])


def indices(tables: Tables, last_day: date = LAST_DAY, **changed: Any) -> list[dict[str, Any]]:
    """Every published index of a centre, with some variables changed."""
    with people_database(tables, last_day) as connection:
        project(**changed).build(connection, "int_index_sum")
        return rows(connection, "select * from int_index_sum order by all")


def index(found: list[dict[str, Any]], kpi_id: str, grain: str = "agent", **where: Any) -> dict[str, Any]:
    """The one index of January that fits."""
    wanted = {"kpi_id": kpi_id, "grain": grain, "period_kind": "month", "period_start": JANUARY, **where}
    (match,) = (row for row in found if all(row[name] == value for name, value in wanted.items()))
    return match


# ---------- worked examples


def test_the_call_volume_example_of_the_source_is_ninety_percent() -> None:
    example = SOURCE_EXAMPLES["call_volume_index"]
    arguments = "'{calls}', '{complaints_and_repeats}', '{quota}'".format(**example)
    found = worked_out(f"{{{{ call_volume_ratio({arguments}) }}}}")
    assert found == pytest.approx(example["expect"], abs=TOLERANCE)


@pytest.mark.parametrize("form", ["points", "fraction"])
def test_service_quality_is_the_same_in_points_and_in_fractions_when_all_units_agree(form: str) -> None:
    example = SOURCE_EXAMPLES["service_quality"]
    scale = 1 if form == "points" else 100
    monitor, test_call, coefficient = (example[name] / scale for name in ("monitor", "test_call", "coef_points"))
    complaints = example["upheld_complaints"]
    found = worked_out(f"{{{{ service_quality_points('{monitor}', '{test_call}', '{complaints}', '{coefficient}') }}}}")
    assert found == pytest.approx(example[f"expect_{form}"], abs=TOLERANCE)


def test_the_examples_of_the_requirements_come_out_as_printed() -> None:
    """92 and 88 with two complaints at 5 points; 86 with two absences at 5 points."""
    assert worked_out("{{ service_quality_points('92', '88', '2', '5') }}") == 80
    assert worked_out("{{ training_points('86', '2', '5') }}") == 76


def test_service_quality_below_zero_is_kept_and_shown_as_zero() -> None:
    example = SOURCE_EXAMPLES["service_quality_floor"]
    arguments = "'{monitor}', '{test_call}', '{upheld_complaints}', '{coef_points}'".format(**example)
    formula = f"service_quality_points({arguments})"
    assert worked_out(f"{{{{ {formula} }}}}") == pytest.approx(example["raw"], abs=TOLERANCE)
    assert worked_out(f"{{{{ clip_points({formula}) }}}}") == pytest.approx(example["clipped"], abs=TOLERANCE)


def test_the_training_example_comes_out_once_its_coefficient_is_in_points() -> None:
    example = SOURCE_EXAMPLES["training"]
    coefficient_points = example["coef"] * 100
    found = worked_out(
        f"{{{{ training_points('{example['avg_score']}', '{example['absences']}', '{coefficient_points}') }}}}"
    )
    assert found == pytest.approx(example["expect_points"], abs=TOLERANCE)


def test_the_quota_of_fifteen_of_twenty_two_days_is_in_proportion() -> None:
    example = SOURCE_EXAMPLES["quota_proration"]
    days = list(weekdays(JANUARY, date(2026, 1, 30)))
    assert len(days) == example["full_days"]
    shifts = [work_day(agent, day) for agent in ("full", "half") for day in days]
    for shift in shifts[-(example["full_days"] - example["scheduled_days"]) :]:
        shift |= {"approved_leave_minutes": 480.0, "status": "leave"}
    quota = [{"role": "*", "valid_from": date(1900, 1, 1), "contacts_per_month": float(example["quota"]), "owner": "x"}]
    with people_database({"raw_attendance": shifts, "role_quotas": quota}) as connection:
        project().build(connection, "int_prorated_quota")
        (found,) = rows(connection, "select * from int_prorated_quota where agent_id = 'half'")
    assert (found["scheduled_days"], found["full_days"]) == (example["scheduled_days"], example["full_days"])
    assert found["prorated_quota"] == pytest.approx(example["expect"], abs=TOLERANCE)


# ---------- one figure at every grain


def test_a_team_of_one_scores_exactly_as_its_agent() -> None:
    found = indices(believable_centre())
    figures = ("n", "value", "raw_value", "interval_low", "interval_high", "basis")

    def of(grain: str, entity: str) -> dict[tuple[Any, ...], tuple[Any, ...]]:
        return {
            (row["kpi_id"], row["period_kind"], row["period_start"]): tuple(row[name] for name in figures)
            for row in found
            if (row["grain"], row["entity_id"]) == (grain, entity)
        }

    assert of("team", "solo") == of("agent", "alone")
    assert {kpi for kpi, _, _ in of("team", "solo")} == set(INDICES)


def test_shuffling_rows_and_changing_threads_changes_no_published_figure() -> None:
    first = believable_centre()
    shuffled = {name: list(reversed(given)) for name, given in first.items()}
    marts = ("fct_call_volume", "fct_index_part", "fct_workload", "fct_conduct")
    published: list[list[Any]] = []
    for tables, threads in ((first, 1), (shuffled, 4)):
        with people_database(tables) as connection:
            connection.execute(f"set threads = {threads}")
            project().build(connection, "int_index_sum", *marts)
            published.append([rows(connection, f"select * from {name} order by all") for name in marts])
            published[-1].append(rows(connection, "select * from int_index_sum order by all"))
    assert published[0] == published[1]
    assert all(published[0])


def test_the_centre_counts_somebody_without_a_team_and_a_mover_once() -> None:
    with people_database(believable_centre()) as connection:
        project().build(connection, "fct_call_volume")
        chosen = "is_chosen and period_kind = 'month' and period_start = date '2026-02-01'"
        (centre,) = rows(connection, f"select * from fct_call_volume where grain = 'centre' and {chosen}")
        (agents,) = rows(
            connection,
            "select count(*) as people, sum(contacts_handled) as handled, sum(prorated_quota) as quota "
            f"from fct_call_volume where grain = 'agent' and {chosen}",
        )
        (teams,) = rows(
            connection, f"select sum(agent_months) as months from fct_call_volume where grain = 'team' and {chosen}"
        )
    assert centre["agent_months"] == agents["people"] == 6
    assert centre["contacts_handled"] == agents["handled"]
    assert centre["prorated_quota"] == pytest.approx(agents["quota"], abs=1e-6)
    assert teams["months"] == 6  # five in teams, the mover in both of hers


# ---------- units, missing data, rules


def one_agent(**changed: list[dict[str, Any]]) -> Tables:
    """An agent with a full January: 22 shifts, a score of each kind, one session."""
    days = list(weekdays(JANUARY, date(2026, 1, 31)))
    tables: Tables = {
        "int_contact_day": [contact_day("a", day, 10, repeats_caused=1) for day in days],
        "raw_attendance": [work_day("a", day) for day in days],
        "int_evaluation": [evaluation("a", DAY, 92), evaluation("a", DAY, 88, test_call=True)],
        "raw_training": [seat("a", DAY, 86)],
    }
    return {**tables, **changed}


@pytest.mark.parametrize(
    ("scores", "expected", "basis"),
    [
        ([evaluation("a", DAY, 92), evaluation("a", DAY, 88, True)], 90.0, "monitor_and_test"),
        ([evaluation("a", DAY, 92)], 92.0, "monitor_only"),
        ([evaluation("a", DAY, 88, True)], 88.0, "test_only"),
    ],
)
def test_with_one_score_missing_the_other_stands_alone_and_says_so(
    scores: list[dict[str, Any]], expected: float, basis: str
) -> None:
    found = index(indices(one_agent(int_evaluation=scores)), "service_quality_index", entity_id="a")
    assert (found["value"], found["basis"], found["n"]) == (expected, basis, len(scores))


def test_what_nobody_scored_or_scheduled_has_no_index_rather_than_zero() -> None:
    found = indices(one_agent(int_evaluation=[], raw_training=[], raw_attendance=[]))
    assert found == []


def test_an_approved_absence_costs_nothing_and_an_unexcused_one_its_coefficient() -> None:
    other = date(2026, 1, 6)
    excused = one_agent(raw_training=[seat("a", DAY, 86), seat("a", other, None, "approved")])
    unexcused = one_agent(raw_training=[seat("a", DAY, 86), seat("a", other, 0, "unexcused")])
    assert index(indices(excused), "training_index", entity_id="a")["value"] == 86
    assert index(indices(unexcused), "training_index", entity_id="a")["value"] == 81


def test_a_rule_holds_from_its_date_on() -> None:
    rule = {"unit": "points", "lowest": 0.5, "highest": 20.0, "owner": "x"}
    values = [("complaint_coefficient_points", date(1900, 1, 1), 2.0), ("complaint_coefficient_points", FEBRUARY, 6.0)]
    values += [
        (name, date(1900, 1, 1), value)
        for name, value in (
            ("absence_coefficient_points", 5.0),
            ("call_volume_min_days", 5.0),
            ("attendance_min_hours", 8.0),
            ("occupancy_warning", 0.9),
        )
    ]
    tables = one_agent(
        int_contact_day=[contact_day("a", day, 10, complaint_rate=1) for day in (DAY, date(2026, 2, 5))],
        int_evaluation=[evaluation("a", day, 90) for day in (DAY, date(2026, 2, 5))],
        rules=[{"rule_id": name, "valid_from": day, "value": value, **rule} for name, day, value in values],
    )
    found = indices(tables)
    assert index(found, "service_quality_index", entity_id="a")["value"] == 88
    assert index(found, "service_quality_index", entity_id="a", period_start=FEBRUARY)["value"] == 84
    # one complaint a month in the quarter too, at the coefficient of its last day
    assert index(found, "service_quality_index", entity_id="a", period_kind="quarter")["value"] == 84


def test_complaints_can_be_counted_per_thousand_contacts_instead() -> None:
    contacts = [contact_day("a", DAY, 400, complaint_rate=2)]
    found = indices(one_agent(int_contact_day=contacts), complaints_per_1000=True)
    assert index(found, "service_quality_index", entity_id="a")["value"] == 90 - 2 * 1000 * 2 / 400


def test_few_scheduled_days_give_no_call_volume_index() -> None:
    tables = one_agent()
    tables["raw_attendance"] += [work_day("new", date(2026, 1, 27 + n)) for n in range(4)]
    tables["int_contact_day"] += [contact_day("new", date(2026, 1, 27), 3)]
    found = indices(tables)
    assert index(found, "call_volume_index", entity_id="a")["value"] > 0
    assert not [row for row in found if row["entity_id"] == "new"]


def test_a_month_that_is_still_running_is_held_against_the_part_that_has_passed() -> None:
    """The same work each day: the index of the first half of March equals that of a whole month within a tenth."""
    days = list(weekdays(FIRST_DAY, date(2026, 3, 15)))
    tables = one_agent(
        int_contact_day=[contact_day("a", day, 10) for day in days],
        raw_attendance=[work_day("a", day) for day in weekdays(FIRST_DAY, LAST_DAY)],
    )
    found = indices(tables, last_day=date(2026, 3, 15))
    whole = index(found, "call_volume_index", entity_id="a")["value"]
    running = index(found, "call_volume_index", entity_id="a", period_start=MARCH)["value"]
    assert running == pytest.approx(whole, rel=0.1)


def test_a_part_time_agent_with_half_the_contacts_has_the_index_of_a_full_time_one() -> None:
    days = list(weekdays(JANUARY, date(2026, 1, 31)))
    tables = one_agent()
    tables["raw_attendance"] += [work_day("half", day, scheduled_minutes=240.0, worked_minutes=240.0) for day in days]
    tables["int_contact_day"] += [contact_day("half", day, 5, repeats_caused=0.5) for day in days]
    found = indices(tables)
    full, half = (index(found, "call_volume_index", entity_id=agent)["value"] for agent in ("a", "half"))
    assert half == pytest.approx(full, abs=1e-9)


def test_more_evaluations_narrow_the_interval_of_service_quality() -> None:
    def width(count: int) -> float:
        scores = [evaluation("a", DAY, 80 + 10 * (n % 2)) for n in range(count)]
        found = index(indices(one_agent(int_evaluation=scores)), "service_quality_index", entity_id="a")
        return float(found["interval_high"] - found["interval_low"])

    # two values 10 apart: s^2 = 25 n / (n - 1), and the 90 % interval is 2 * 1.6449 s / sqrt(n)
    for count in (4, 16):
        assert width(count) == pytest.approx(2 * 1.6448536269514722 * (25 / (count - 1)) ** 0.5, abs=1e-8)


def test_one_test_call_a_month_takes_its_spread_from_the_whole_span() -> None:
    days = (DAY, date(2026, 2, 5), date(2026, 3, 5))
    scores = [evaluation("a", day, score, test_call=True) for day, score in zip(days, (80, 90, 100), strict=True)]
    found = index(indices(one_agent(int_evaluation=scores)), "service_quality_index", entity_id="a")
    # variance of 80, 90 and 100 is 100, of which one evaluation shows the whole
    assert found["interval_low"] == pytest.approx(80 - 1.6448536269514722 * 10, abs=1e-8)
