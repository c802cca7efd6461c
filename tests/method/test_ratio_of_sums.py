"""A rate of a month is what its days add up to, not the mean of what the days show: a short day counts for little."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.method.people_tables import people_database, work_day
from tests.model_sql import Project, rows

DAY = date(2026, 1, 5)


def test_a_month_is_the_ratio_of_sums_and_not_the_mean_of_daily_rates() -> None:
    """One hour kept to the minute and eight hours half kept: 300 of 540 minutes, where the days show 100 and 50 %."""
    shifts = [
        work_day("a", DAY, scheduled_minutes=60.0, worked_minutes=60.0, adherent_minutes=60.0),
        work_day("a", DAY + timedelta(days=1), adherent_minutes=240.0),
    ]
    with people_database({"raw_attendance": shifts}) as connection:
        connection.execute(
            "create or replace table dim_period as select *, row_number() over (partition by period_kind "
            "order by period_start) as position from dim_period"
        )
        Project().build(connection, "int_workday_period")
        (month,) = rows(
            connection,
            "select adherence_o / adherence_w as value from int_workday_period "
            "where grain = 'centre' and period_kind = 'month'",
        )
        (days,) = rows(
            connection,
            "select avg(adherence_o / adherence_w) as value from int_workday_day where grain = 'centre'",
        )
    assert days["value"] == pytest.approx(0.75)
    assert month["value"] == pytest.approx(300 / 540)
