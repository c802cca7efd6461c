"""A change of the centre's average, split into what the work brought and what people did (Kitagawa 1955)."""

from __future__ import annotations

from typing import Any

import duckdb
import numpy as np
import pytest

from tests.method.systemic_inputs import oracle, oracle_rows, put_columns
from tests.model_sql import Project, database, rows

BEFORE, AFTER = "2026-01-01", "2026-02-01"


def put_months(connection: duckdb.DuckDBPyConnection, *starts: str) -> None:
    put_columns(
        connection,
        "int_window",
        {"window_kind": "month", "window_start": list(starts), "position": list(range(1, len(starts) + 1))},
    )


def put_cells(connection: duckdb.DuckDBPyConnection, cells: list[tuple[str, str, str, int, float]]) -> None:
    """Rows of (month, agent, stratum, observations, rate)."""
    start, agent, stratum, n, rate = zip(*cells, strict=True)
    columns = {
        "kpi_id": "handle_time", "window_kind": "month", "window_start": start, "agent_id": agent, "stratum": stratum,
        "n": n, "w": np.array(n, float), "o": np.array(n) * np.array(rate),
    }  # fmt: skip
    put_columns(connection, "int_stratum_window", columns)


def split(cells: list[tuple[str, str, str, int, float]], *starts: str) -> tuple[list[Any], list[Any]]:
    with database() as connection:
        put_months(connection, *(starts or (BEFORE, AFTER)))
        put_cells(connection, cells)
        Project().build(connection, "fct_mix_shift", "fct_mix_segment")
        whole = rows(connection, "select * from fct_mix_shift order by window_start")
        return whole, rows(connection, "select * from fct_mix_segment order by window_start, position")


def test_the_split_equals_the_reference_result() -> None:
    """Every segment got faster and the centre got slower."""
    reference = oracle("kitagawa")
    cells = [
        (start, agent, f"phone|{row['seg']}||", int(row[f"n{side}"]) // 2, float(row[f"r{side}"]))
        for row in oracle_rows(reference["inputs"]["file"])
        for side, start in enumerate((BEFORE, AFTER))
        for agent in ("a", "b")  # two agents share the work: the figures are the centre's
    ]
    (whole,), segments = split(cells)
    expected, close = reference["expected"], {"abs": reference["tolerance"], "rel": 0}
    assert whole["value_before"] == pytest.approx(expected["avg0"], **close)
    assert whole["value_after"] == pytest.approx(expected["avg1"], **close)
    assert whole["change"] == pytest.approx(expected["change"], **close)
    assert whole["mix_part"] == pytest.approx(expected["mix"], **close)
    assert whole["performance_part"] == pytest.approx(expected["rate"], **close)
    assert [segment["queue"] for segment in segments] == ["tech", "billing", "order"]
    assert all(segment["performance_part"] < 0 for segment in segments)
    assert sum(segment["contribution"] for segment in segments) == pytest.approx(expected["change"], abs=1e-8)


def test_work_that_is_new_or_gone_counts_as_mix_alone() -> None:
    cells = [
        (BEFORE, "a", "phone|orders|late|", 60, 300.0),
        (BEFORE, "a", "phone|closed||", 40, 100.0),
        (AFTER, "a", "phone|orders|late|", 50, 290.0),
        (AFTER, "a", "chat|new||vip", 50, 500.0),
    ]
    (whole,), segments = split(cells)
    assert whole["change"] == pytest.approx(395 - 220)
    assert whole["mix_part"] + whole["performance_part"] == pytest.approx(whole["change"], abs=1e-8)
    by_queue = {segment["queue"]: segment for segment in segments}
    assert by_queue["new"]["performance_part"] == by_queue["closed"]["performance_part"] == 0
    assert (by_queue["new"]["value_before"], by_queue["closed"]["value_after"]) == (None, None)
    assert (by_queue["new"]["channel"], by_queue["new"]["reason"], by_queue["new"]["segment"]) == ("chat", None, "vip")
    assert whole["performance_part"] == pytest.approx(-10 * (0.6 + 0.5) / 2)


def test_only_neighbouring_periods_are_compared_and_five_segments_are_named() -> None:
    random = np.random.default_rng(7)
    months = ["2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01"]
    cells = [
        (month, agent, f"phone|q{queue}||", int(random.integers(5, 200)), float(random.uniform(100, 900)))
        for month in (months[0], months[2], months[3])  # nothing was handled in February
        for agent in ("a", "b", "c")
        for queue in range(8)
    ]
    whole, segments = split(cells, *months)
    assert [str(row["window_start"]) for row in whole] == ["2026-04-01"]
    assert str(whole[0]["previous_start"]) == "2026-03-01"
    assert [segment["position"] for segment in segments] == [1, 2, 3, 4, 5]
    sizes = [abs(segment["contribution"]) for segment in segments]
    assert sizes == sorted(sizes, reverse=True)
    assert whole[0]["mix_part"] + whole[0]["performance_part"] == pytest.approx(whole[0]["change"], abs=5e-9)


def test_nothing_but_mix_changes_when_every_rate_stays() -> None:
    cells = [
        (start, agent, f"phone|{queue}||", n, rate)
        for queue, rate, sizes in (("short", 100.0, (80, 20)), ("long", 700.0, (20, 80)))
        for start, n in zip((BEFORE, AFTER), sizes, strict=True)
        for agent in ("a", "b")
    ]
    (whole,), _ = split(cells)
    assert whole["mix_part"] == pytest.approx(360)
    assert whole["performance_part"] == 0
