"""What is called a person's, a team's or nobody's, where everybody's true share of misses is known."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from math import comb
from typing import Any

import duckdb
import numpy as np
import pytest

from tests.model_sql import Project, database, put, rows

AGENTS, TEAMS, ITEMS, SCORED, WINDOWS = 60, 6, 8, 14, 6


def window(number: int) -> date:
    return date(2024 + number // 4, 1 + number % 4 * 3, 1)


@contextmanager
def centre(shares: np.ndarray, seed: int = 1) -> Iterator[duckdb.DuckDBPyConnection]:
    """Scored items of people who miss these shares of them, by window, agent and item; ten people in a team."""
    misses = np.random.default_rng(seed).binomial(SCORED, shares)
    drawn = [
        {"window_start": window(w), "agent": a, "item": i, "misses": int(misses[w, a, i])}
        for w in range(shares.shape[0])
        for a in range(AGENTS)
        for i in range(ITEMS)
    ]
    with database() as connection:
        put(connection, "drawn", drawn)
        connection.execute(
            f"""
            create table int_focus_item as
            select
                'quarter' as window_kind, window_start, true as is_current, format('{{:02d}}', agent) as agent_id,
                'T' || agent % {TEAMS} as team_id, 'I' || item as item, cast(null as varchar) as dimension,
                'E' || item as error_type, 'E' || item as matter, false as is_critical, nth <= misses as is_missed,
                case when nth <= misses then 1e0 else 0e0 end as lost_share
            from drawn cross join generate_series(1, {SCORED}) as scored (nth)
            """
        )
        Project().build(connection, "int_focus_item_standing", "int_focus_topic")
        yield connection


def standings(connection: duckdb.DuckDBPyConnection, shares: np.ndarray, probability: str) -> np.ndarray:
    """How far the true shares of those who are called sure lie above everybody's."""
    found = rows(connection, f"from int_focus_item_standing where {probability} >= 0.9")
    places = {window(number): number for number in range(shares.shape[0])}
    index = [(places[row["window_start"]], int(row["agent_id"]), int(row["item"][1:])) for row in found]
    return np.array([shares[at] - shares[at[0], :, at[2]].mean() for at in index])


@pytest.fixture(scope="module")
def different() -> np.ndarray:
    return np.random.default_rng(2).beta(1.0, 15.0, (WINDOWS, AGENTS, ITEMS))


def test_nine_in_ten_of_those_said_to_miss_an_item_more_often_truly_do(different: np.ndarray) -> None:
    with centre(different) as connection:
        above = standings(connection, different, "p_more_misses")
    assert len(above) >= 100
    assert np.mean(above > 0) >= 0.9


def test_nine_in_ten_of_those_said_to_lose_fewer_points_truly_do() -> None:
    shares = np.random.default_rng(3).beta(1.5, 4.5, (WINDOWS, AGENTS, ITEMS))
    with centre(shares) as connection:
        above = standings(connection, shares, "p_loses_less")
    assert len(above) >= 100
    assert np.mean(above < 0) >= 0.9


@pytest.mark.parametrize("share", [0.03, 0.1])
def test_where_people_are_alike_hardly_anybody_stands_out(share: float) -> None:
    alike = np.full((WINDOWS, AGENTS, ITEMS), share)
    with centre(alike) as connection:
        found = rows(
            connection,
            "select count(*) filter (where p_more_misses >= 0.9) as more, "
            "count(*) filter (where p_loses_less >= 0.9) as less, count(*) as n from int_focus_item_standing",
        )[0]
        topics = rows(connection, "select verdict, count(*) as n from int_focus_topic group by verdict")
    assert found["more"] <= 0.01 * found["n"]
    assert found["less"] <= 0.03 * found["n"]
    assert sum(row["n"] for row in topics if row["verdict"] == "team") <= 0.02 * TEAMS * ITEMS * WINDOWS


def test_a_team_that_misses_an_item_more_is_found_and_so_is_what_everybody_misses() -> None:
    shares = np.full((WINDOWS, AGENTS, ITEMS), 0.03)
    shares[:, 0::TEAMS, 0] = 0.2
    shares[:, :, 1] = 0.15
    with centre(shares) as connection:
        found = rows(connection, "from int_focus_topic")
    verdicts = {(row["window_start"], row["team_id"], row["matter"]): row["verdict"] for row in found}
    planted = [verdicts[window(number), "T0", "E0"] for number in range(WINDOWS)]
    assert planted.count("team") >= WINDOWS - 1
    others = [verdict for (_, team, matter), verdict in verdicts.items() if (team, matter) != ("T0", "E0")]
    assert others.count("team") <= 0.02 * len(others)
    shared = [verdicts[window(number), f"T{team}", "E1"] for number in range(WINDOWS) for team in range(TEAMS)]
    assert shared.count("everywhere") >= 0.9 * len(shared)
    rest = [verdict for (_, _, matter), verdict in verdicts.items() if matter not in ("E0", "E1")]
    assert rest.count("everywhere") <= 0.02 * len(rest)


@pytest.mark.parametrize(("n", "misses"), [(10, 2), (10, 5), (14, 4), (40, 3)])
def test_the_probability_of_missing_more_is_the_exact_beta_tail(n: int, misses: int) -> None:
    """Whole parameters make the beta tail a binomial one: the others miss a quarter, which counts as four items."""
    sums: dict[str, Any] = {
        "window_kind": "quarter", "window_start": window(0), "agent_id": "a", "item": "I", "dimension": None,
        "error_type": None, "matter": "I", "is_critical": False, "n": n, "misses": misses, "o": 1.0, "ss": 1.0,
        "all_n": n + 49, "all_misses": misses + 12, "all_o": 5.0, "within_variance": 0.1,
    }  # fmt: skip
    with database(int_focus_item_sum=[sums]) as connection:
        put(connection, "int_focus_likeness", [{"window_kind": "quarter", "window_start": window(0), "likeness": 0.2}])
        Project().build(connection, "int_focus_item_standing")
        [found] = rows(connection, "from int_focus_item_standing")
    a, trials = 1 + misses, 4 + n - 1
    exact = sum(comb(trials, k) * 0.25**k * 0.75 ** (trials - k) for k in range(a))
    assert found["p_more_misses"] == pytest.approx(exact, abs=1e-3)
    assert found["steadied_miss_share"] == pytest.approx((1 + misses) / (4 + n), abs=1e-9)


def test_the_order_of_rows_and_threads_changes_nothing(different: np.ndarray) -> None:
    found = []
    for threads in (1, 3):
        with centre(different[:2]) as connection:
            connection.execute(f"set threads = {threads}")
            connection.execute(
                "create or replace table int_focus_item as from int_focus_item order by hash(agent_id || item)"
            )
            for name in ("item_sum", "likeness", "item_standing", "topic"):
                connection.execute(f"drop table int_focus_{name}")
            Project().build(connection, "int_focus_item_standing", "int_focus_topic")
            found.append(
                [rows(connection, f"from int_focus_{name} order by all") for name in ("item_standing", "topic")]
            )
    assert found[0] == found[1]
