"""Bank calls: every row accounted for, and the published February staffing computed from accepted contacts alone."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from pipelines.ingest import Intake
from tests.unit.ingest_centre import build, raw

pytestmark = pytest.mark.oracle
WEDNESDAYS = 4
PAUSE_BETWEEN_CALLS_SECONDS = 60
CALLS_PER_OPERATOR_AND_HOUR = 15
OPERATORS = (1, 1, 1, 0, 1, 1, 1, 4, 8, 9, 10, 9, 8, 16, 10, 10, 6, 7, 8, 8, 6, 6, 5, 4)


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bank") / "lake"


@pytest.fixture(scope="module")
def intake(shared_data: Path, project: Path, lake: Path) -> Intake:
    return build(shared_data / "anonymous_bank", lake, project / "dbt_project", lake.parent / "scratch")


def test_all_calls_are_accepted_or_refused_with_a_reason(intake: Intake) -> None:
    assert sum(delivery.file_rows for delivery in intake.deliveries) == 64_943
    assert all(d.file_rows == d.accepted_rows + d.refused_rows for d in intake.deliveries)
    assert all(d.not_applicable_rows == d.superseded_rows == 0 for d in intake.deliveries)
    assert sum(delivery.refused_rows for delivery in intake.deliveries) == 573
    reasons = {
        (delivery.file, refusal.column, refusal.reason): refusal.rows
        for delivery in intake.deliveries
        for refusal in intake.refusals[delivery.delivery_id, "contacts"]
    }
    assert reasons == {
        ("january.txt", "contact_id", "phantom_call"): 240,
        ("january.txt", "started_at", "negative_duration"): 33,
        ("february.txt", "contact_id", "phantom_call"): 278,
        ("february.txt", "started_at", "negative_duration"): 25,
    }


def test_who_left_in_the_voice_menu_was_never_offered_and_never_waited(
    intake: Intake, lake: Path, project: Path
) -> None:
    with raw(lake, project / "dbt_project", intake) as connection:
        counts = connection.execute(
            "select count(*) filter (where not is_offered), "
            "count(*) filter (where not is_offered and wait_seconds is not null), "
            "count(*) filter (where not is_offered and is_answered), "
            "count(*) filter (where is_answered and agent_id is null), "
            "count(*) filter (where queue <> trim(queue)), count(distinct contact_id) from raw.contacts"
        ).fetchone()
    assert counts is not None
    assert counts[0] > 3000
    assert counts[1:3] == (0, 0)
    assert counts[3] == 490 + 491
    assert counts[4:] == (0, 64_370)


def test_the_published_february_wednesdays_follow_from_accepted_contacts(
    intake: Intake, lake: Path, project: Path
) -> None:
    """Service rate: mean over the 24 hours of 3600 / (mean talk time of calls with a named agent + a pause), where an
    hour without such calls takes the day's mean. Operators: the fewest that keep Erlang C's P(wait) at or below one
    half, at 15 calls an hour each."""
    with raw(lake, project / "dbt_project", intake) as connection:
        wednesdays = (
            "(select *, hour(started_at) as hour from raw.contacts "
            "where isodow(started_at) = 3 and started_at >= '1999-02-01' and started_at < '1999-03-01')"
        )
        rate = _one(
            connection,
            f"select avg(3600 / (coalesce(talk, overall) + {PAUSE_BETWEEN_CALLS_SECONDS})) from range(24) as day(hour) "
            "left join (select hour, avg(talk_seconds) as talk "
            f"from {wednesdays} where agent_id is not null group by hour) using (hour) "
            f"cross join (select avg(talk_seconds) as overall from {wednesdays} where agent_id is not null)",
        )
        arrivals = dict(
            connection.execute(f"select hour, count(*) / {WEDNESDAYS} from {wednesdays} group by hour").fetchall()
        )
    assert round(rate, 5) == 14.86443
    assert tuple(_operators(arrivals.get(hour, 0.0) / CALLS_PER_OPERATOR_AND_HOUR) for hour in range(24)) == OPERATORS


def _one(connection: duckdb.DuckDBPyConnection, sql: str) -> float:
    row = connection.execute(sql).fetchone()
    assert row is not None
    return float(row[0])


def _operators(load: float) -> int:
    operators = 0
    while load > 0 and _erlang_c(operators, load) > 0.5:
        operators += 1
    return operators


def _erlang_c(operators: int, load: float) -> float:
    """P(wait) of M/M/c with `load` = arrivals over service rate, by the Erlang B recursion."""
    if operators <= load:
        return 1.0
    blocked = 1.0
    for number in range(1, operators + 1):
        blocked = load * blocked / (number + load * blocked)
    return operators * blocked / (operators - load * (1 - blocked))
