"""Figures beside the guards: drifting reasons, short calls, handle time per solved issue, speed against solving."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb
import numpy as np
import pytest

from tests.method.systemic_inputs import START, no_rows, put_columns, put_window
from tests.model_sql import Project, database, put, rows

REASONS = ("order", "refund", "delivery", "account", "other", "advice")


def put_months(connection: duckdb.DuckDBPyConnection, **rules: float) -> None:
    """One quarter, and January as the month in which everything happens."""
    put_window(connection, **rules)
    put_columns(
        connection, "int_window_month", {"window_kind": ["quarter"], "window_start": START, "month_start": START}
    )


def put_members(connection: duckdb.DuckDBPyConnection, teams: dict[str, str]) -> None:
    stays = [
        {"agent_id": agent, "team_id": team, "from_day": "0001-01-01", "until_day": "9999-12-31"}
        for agent, team in teams.items()
    ]
    put(connection, "int_membership", stays, "agent_id varchar, team_id varchar, from_day date, until_day date")


# ---------- reasons


def drift(n: int, recoded: float, seed: int = 1, agents: int = 40) -> dict[str, dict[str, Any]]:
    """Reasons of n contacts an agent in queues that differ; agent a0 records a share of them as `other`."""
    random = np.random.default_rng(seed)
    by_queue = np.array([[0.4, 0.2, 0.2, 0.1, 0.05, 0.05], [0.05, 0.1, 0.05, 0.3, 0.1, 0.4]])
    agent = np.repeat(np.arange(agents), n)
    # work is uneven: some agents take one queue, some the other
    queue = (random.random(agent.size) < (agent % 5) / 4).astype(int)
    reason = np.array([random.choice(6, p=by_queue[each]) for each in queue])
    reason = np.where((agent == 0) & (random.random(agent.size) < recoded), 4, reason)
    with database() as connection:
        put_months(connection)
        contacts = {
            "agent_id": np.char.add("a", agent.astype(str)), "day": "2026-01-15", "is_answered": True,
            "queue": np.array(["q0", "q1"])[queue], "reason": np.array(REASONS)[reason],
        }  # fmt: skip
        put_columns(connection, "int_contact", contacts)
        Project().build(connection, "fct_reason_drift")
        return {row["agent_id"]: row for row in rows(connection, "select * from fct_reason_drift")}


def test_an_agent_who_recodes_reasons_is_red_and_says_which() -> None:
    found = drift(n=150, recoded=0.45)
    assert [agent for agent, row in found.items() if row["is_red"]] == ["a0"]
    assert found["a0"]["more_often"] == "other"
    assert found["a0"]["more_often_by"] == pytest.approx(0.40, abs=0.08)
    assert found["a0"]["psi"] > 0.2 + found["a0"]["psi_by_chance"]


@pytest.mark.parametrize(("n", "compared"), [(12, 5), (40, 40), (150, 40)])
def test_uneven_work_and_small_samples_are_no_drift(n: int, compared: int) -> None:
    found = drift(n=n, recoded=0.0)
    assert len(found) >= compared
    assert not any(row["is_red"] for row in found.values())
    ratio = np.mean([row["psi"] for row in found.values()]) / np.mean([row["psi_by_chance"] for row in found.values()])
    assert 0.6 < ratio < 1.4  # what is called chance is what chance gives


def test_whoever_works_a_queue_alone_is_not_compared_in_it() -> None:
    with database() as connection:
        put_months(connection)
        contacts = {
            "agent_id": ["a"] * 100 + ["b"] * 100, "day": "2026-01-15", "queue": ["one"] * 100 + ["two"] * 100,
            "reason": ["order", "refund"] * 100, "is_answered": True,
        }  # fmt: skip
        put_columns(connection, "int_contact", contacts)
        Project().build(connection, "fct_reason_drift")
        assert rows(connection, "select * from fct_reason_drift") == []


# ---------- short calls and solved issues


CONTACT = (
    "contact_id varchar, agent_id varchar, customer_key varchar, reason varchar, queue varchar, started_at timestamp, "
    "day date, direction varchar, is_answered boolean, is_resolved boolean, is_repeat boolean, is_repeated boolean, "
    "talk_seconds double, hold_seconds double, acw_seconds double"
)


def contact(number: int, **given: Any) -> dict[str, Any]:
    day = given.get("day", "2026-01-10")
    plain = {
        "contact_id": f"c{number:04}", "agent_id": "a", "customer_key": f"customer{number}", "reason": "order",
        "queue": "q", "started_at": f"{day} 09:00:00", "day": day, "direction": "inbound", "is_answered": True,
        "is_resolved": None, "is_repeat": False, "is_repeated": False, "talk_seconds": 200.0, "hold_seconds": 10.0,
        "acw_seconds": 40.0,
    }  # fmt: skip
    return {**plain, **given}


def measured(contacts: Sequence[dict[str, Any]], mart: str) -> dict[tuple[str, str], dict[str, Any]]:
    with database() as connection:
        put_months(connection)
        put_members(connection, {"a": "red", "b": "blue"})
        put(connection, "int_contact", contacts, CONTACT)
        put(
            connection,
            "int_data_span",
            [{"first_day": "2026-01-01", "last_day": "2026-03-31"}],
            "first_day date, last_day date",
        )
        put(connection, "int_first_contact_window", [{"first_contact_window_days": 7}])
        Project().build(connection, mart)
        return {(row["grain"], row["entity_id"]): row for row in rows(connection, f"select * from {mart}")}


def test_handle_time_is_also_given_without_short_calls_where_they_are_many() -> None:
    short = {"talk_seconds": 5.0, "hold_seconds": None, "acw_seconds": 0.0}
    contacts = [contact(number) for number in range(80)]
    contacts += [contact(number, **short) for number in range(80, 100)]
    contacts += [contact(number, agent_id="b", talk_seconds=300.0, hold_seconds=None) for number in range(100, 200)]
    contacts += [contact(200, agent_id="b", is_answered=False, talk_seconds=None)]
    found = measured(contacts, "fct_short_contact")
    agent = found["agent", "a"]
    assert (agent["contacts"], agent["short_contacts"], agent["short_share"]) == (100, 20, 0.2)
    assert agent["handle_seconds"] == pytest.approx((80 * 250 + 20 * 5) / 100)
    assert agent["handle_seconds_without_short"] == pytest.approx(250)
    assert agent["is_shown"]
    assert not found["agent", "b"]["is_shown"]
    assert found["team", "red"]["short_share"] == 0.2
    assert (found["centre", "centre"]["contacts"], found["centre", "centre"]["short_share"]) == (200, 0.1)


def test_handle_time_per_solved_issue_counts_every_contact_of_the_chain() -> None:
    """Short calls that make customers come back cost more than they seem to."""
    customer = {
        "customer_key": "same",
        "is_repeated": True,
        "talk_seconds": 50.0,
        "hold_seconds": 0.0,
        "acw_seconds": 0.0,
    }
    chain = [
        contact(1, **customer, day="2026-01-10"),
        contact(2, **customer, day="2026-01-12", is_repeat=True, agent_id="b"),
        contact(3, **{**customer, "is_repeated": False, "talk_seconds": 200.0}, day="2026-01-14", is_repeat=True),
    ]
    alone = contact(4, talk_seconds=200.0, hold_seconds=0.0, acw_seconds=0.0)
    unsolved = contact(5, agent_id="b", is_resolved=False)
    outbound = contact(6, direction="outbound")
    anonymous = contact(7, customer_key=None)
    still_open = contact(8, day="2026-03-30")
    found = measured([*chain, alone, unsolved, outbound, anonymous, still_open], "fct_net_handle_time")
    red, blue, centre = found["team", "red"], found["team", "blue"], found["centre", "centre"]
    assert (red["issues"], red["resolved_issues"], red["contacts"]) == (2, 2, 4)
    assert red["handle_seconds_per_contact"] == pytest.approx(500 / 4)
    assert red["handle_seconds_per_resolved_issue"] == pytest.approx(500 / 2)
    assert (blue["issues"], blue["resolved_issues"], blue["handle_seconds_per_resolved_issue"]) == (1, 0, None)
    assert (centre["issues"], centre["contacts_per_issue"]) == (3, pytest.approx(5 / 3))


def test_a_chain_that_starts_unanswered_belongs_to_whoever_took_it_first_and_a_lost_one_is_not_solved() -> None:
    waiting = {"is_answered": False, "agent_id": None, "talk_seconds": None, "hold_seconds": None, "acw_seconds": None}
    contacts = [
        contact(1, **waiting, customer_key="x", is_repeated=True),
        contact(2, customer_key="x", is_repeat=True, day="2026-01-11", agent_id="b"),
        contact(3, customer_key="y", is_repeated=True),
        contact(4, **waiting, customer_key="y", is_repeat=True, day="2026-01-11"),
    ]
    found = measured(contacts, "fct_net_handle_time")
    assert (found["team", "blue"]["issues"], found["team", "blue"]["resolved_issues"]) == (1, 1)
    assert (found["team", "red"]["issues"], found["team", "red"]["resolved_issues"]) == (1, 0)


# ---------- speed against solving


def trade_off(slope: float, seed: int, agents: int = 12, teams: int = 1) -> dict[str, dict[str, Any]]:
    """Twelve weeks an agent: first-contact resolution follows the agent's own weekly speed with a slope."""
    random = np.random.default_rng(seed)
    size, weeks, n = agents * teams, 12, 80
    own_speed, own_rate = random.normal(6, 0.3, size), random.normal(0.72, 0.08, size)
    change = random.normal(0, 0.12, (size, weeks))
    solved = random.binomial(n, np.clip(own_rate[:, None] + slope * change, 0.02, 0.98))
    mondays = [str(np.datetime64("2026-01-05") + 7 * week) for week in range(weeks)]
    with database() as connection:
        put_window(connection)
        put_members(connection, {f"a{agent}": f"t{agent // agents}" for agent in range(size)})
        values = {
            "kpi_id": ["average_handle_time"] * (size * weeks) + ["first_contact_resolution"] * (size * weeks),
            "grain": "agent", "entity_id": np.char.add("a", np.tile(np.repeat(np.arange(size), weeks), 2).astype(str)),
            "period_kind": "week", "period_start": mondays * (2 * size), "n": n,
            "value": np.concatenate([np.exp(own_speed[:, None] + change).ravel(), (solved / n).ravel()]),
        }  # fmt: skip
        put_columns(connection, "fct_kpi_value", values)
        Project().build(connection, "fct_trade_off")
        return {row["entity_id"]: row for row in rows(connection, "select * from fct_trade_off")}


def test_speed_bought_with_repeats_shows_as_a_positive_slope() -> None:
    found = trade_off(slope=0.4, seed=1)
    centre = found["centre"]
    assert {row["verdict"] for row in found.values()} == {"faster_costs_resolution"}
    assert found["t0"]["slope"] == centre["slope"]
    assert centre["slope"] == pytest.approx(0.4, abs=0.12)
    assert centre["interval_low"] < 0.4 < centre["interval_high"]
    assert centre["change_when_tenth_faster"] == pytest.approx(centre["slope"] * np.log(0.9), abs=1e-8)
    assert (centre["agents"], centre["weeks"]) == (12, 144)


def test_differences_between_people_are_no_trade_off() -> None:
    """Slow people may solve more; only a person's own weeks count."""
    verdicts = [row["verdict"] for row in trade_off(slope=0.0, seed=2, teams=40).values()]
    assert verdicts.count("no_link") >= 31  # 37 of 41 at 90 %


def test_few_people_show_no_slope() -> None:
    found = trade_off(slope=0.4, seed=1, agents=7)
    assert {row["verdict"] for row in found.values()} == {"too_few"}
    assert {row["slope"] for row in found.values()} == {None}


def test_without_both_kpis_there_is_nothing_to_compare() -> None:
    with database() as connection:
        put_window(connection)
        put_members(connection, {"a": "red"})
        no_rows(
            connection,
            fct_kpi_value="kpi_id varchar, grain varchar, entity_id varchar, period_kind varchar, period_start date, "
            "n bigint, value double",
        )
        Project().build(connection, "fct_trade_off")
        assert rows(connection, "select * from fct_trade_off") == []
