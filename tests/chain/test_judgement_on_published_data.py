"""Judgement on files nobody on this project wrote: little evidence, unlike work, and short calls."""

from __future__ import annotations

import duckdb
import pytest

from tests.floorwalk_command import Built


def test_agents_with_one_or_two_surveys_are_not_called_low(shop: Built) -> None:
    few = "select agent_id from {fct_standing} where kpi_id = 'csat_top2' and n <= 2"
    tiers = dict(shop.mart(f"select tier, count(*) from {{fct_tier}} where agent_id in ({few}) group by tier"))
    assert sum(tiers.values()) > 100
    assert tiers.keys() == {"not_enough_evidence"}
    ((low,),) = shop.mart("select count(*) from {fct_tier} where tier = 'low'")
    assert low == 0, "satisfaction alone, with six surveys a head, sorts nobody"
    words = dict(
        shop.mart("select comparison, count(*) from {fct_standing} where kpi_id = 'csat_top2' and n <= 2 group by 1")
    )
    assert not words.keys() & {"better", "worse"}


def test_work_at_another_desk_is_not_compared_as_if_it_were_equal(bank: Built) -> None:
    """Expected talk time follows each agent's own mix of desks; recomputed here from the calls themselves."""
    found = bank.mart(
        "select agent_id, expected_value, value from {fct_standing} where kpi_id = 'average_talk_time' and n >= 200"
    )
    with duckdb.connect(str(bank.work / "cache" / "warehouse.duckdb"), read_only=True) as connection:
        plain = dict(
            connection.execute(
                """with calls as (
                    select agent_id, queue || segment as desk, talk_seconds from staging.stg_contacts
                    where is_answered and talk_seconds is not null
                ),
                desks as (select desk, avg(talk_seconds) as usual from calls group by desk)
                select agent_id, avg(usual) from calls inner join desks using (desk)
                where agent_id is not null group by agent_id"""
            ).fetchall()
        )
    assert len(found) >= 15
    for agent_id, expected, _ in found:
        assert expected == pytest.approx(plain[agent_id], rel=0.2)
    expectations = [expected for _, expected, _ in found]
    assert max(expectations) > 1.1 * min(expectations), "desks differ, so what can be expected differs"


def test_agents_with_many_calls_under_ten_seconds_are_caught_by_the_guard(bank: Built) -> None:
    caught = bank.mart(
        "select value, is_red from {fct_guard} where grain = 'agent' and guard_kpi_id = 'short_call_share' and n >= 200"
    )
    red = sorted(value for value, is_red in caught if is_red)
    assert len(red) == 3
    assert 0.13 < red[0] < red[-1] < 0.20
    assert all(value < 0.13 for value, is_red in caught if not is_red)


def test_where_too_little_of_what_counts_was_measured_nobody_has_a_tier(bank: Built) -> None:
    assert {tier for (tier,) in bank.mart("select distinct tier from {fct_tier}")} == {"not_enough_evidence"}
