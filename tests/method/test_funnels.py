"""Funnel limits: exact at small numbers, widened where entities differ by more than chance (METHOD.md section 3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import duckdb
import pytest

from tests.method.reference import calculate, reference, the_project
from tests.model_sql import database, rows

Z95, Z998 = "1.959964e0", "3.090232e0"
"""The references' own constants; the models use all digits."""

SIZE = {"kpi_id": "k", "grain": "agent", "is_grid": True, "within_sd": 0.0}
NO_SPREAD = "kpi_id varchar, grain varchar, tau2 double, is_overdispersed boolean"


def limits(sizes: Sequence[dict[str, Any]], **changed: int) -> dict[int, dict[str, Any]]:
    """Rows of int_funnel_limit for sizes of a funnel without overdispersion, by n."""
    with database(int_funnel_size=[{**SIZE, **size} for size in sizes]) as connection:
        connection.execute(f"create table int_funnel_spread ({NO_SPREAD})")
        the_project(**changed).build(connection, "int_funnel_limit")
        return {row["n"]: row for row in rows(connection, "select * from int_funnel_limit")}


def test_limits_of_a_count_are_the_exact_poisson_ones() -> None:
    known = reference("funnel_poisson")
    events = known.inputs["expected"]
    found = limits([{"family": "count", "n": 1000 * expected, "centre_value": 0.001} for expected in events])
    for place, expected in enumerate(events):
        row = found[1000 * expected]
        for column, name in (("low_95", "lcl95"), ("high_95", "ucl95"), ("low_998", "lcl998"), ("high_998", "ucl998")):
            # the model publishes events per contact with nine digits
            assert known.agrees(row[column] * 1000, known.expected[name][place]), (expected, column)


def test_the_exact_poisson_limits_pass_over_into_byars_without_a_step() -> None:
    found = limits([{"family": "count", "n": n, "centre_value": 1.0} for n in (99, 100)])
    for column in ("low_95", "high_95", "low_998", "high_998"):
        assert found[99][column] == pytest.approx(found[100][column], abs=0.003), column


def test_hardly_any_expected_event_gives_limits_that_are_still_numbers() -> None:
    found = limits([{"family": "count", "n": n, "centre_value": 0.0005} for n in (1, 10, 100)])
    for row in found.values():
        assert 0 <= row["low_998"] <= row["low_95"] <= 0.0005 <= row["high_95"] <= row["high_998"]
    assert limits([{"family": "count", "n": 10, "centre_value": 0.0}])[10]["high_998"] == 0


def test_limits_of_a_share_are_exact_below_a_hundred_observations_and_normal_from_there() -> None:
    known = reference("funnel_binomial")
    cases = known.expected["rows"]
    found = limits([{"family": "prop", "n": row["n"], "centre_value": row["p0"]} for row in cases])
    exact = limits(
        [{"family": "prop", "n": row["n"], "centre_value": row["p0"]} for row in cases], funnel_exact_below=2000
    )
    for row in cases:
        for published in (exact[row["n"]], *([found[row["n"]]] if row["n"] < 100 else [])):
            assert known.agrees([published["low_95"], published["high_95"]], row["exact95"])
            assert known.agrees([published["low_998"], published["high_998"]], row["exact998"])
    large = [row for row in cases if row["n"] >= 100]
    given = [{"family": "prop", "centre_value": row["p0"], "within_sd": 0.0, "n": row["n"]} for row in large]
    for z, reach, expected in ((Z95, "95", "norm95"), (Z998, "998", "norm998")):
        bounds = calculate(
            given, low=f"{{{{ funnel_chance_bound('-', '{z}') }}}}", high=f"{{{{ funnel_chance_bound('+', '{z}') }}}}"
        )
        for bound, row in zip(bounds, large, strict=True):
            cut_off = [row[expected][0], min(1.0, row[expected][1])]
            assert known.agrees([bound["low"], bound["high"]], cut_off)
            published = found[row["n"]]
            assert [published[f"low_{reach}"], published[f"high_{reach}"]] == pytest.approx(cut_off, abs=2e-8)


@contextmanager
def funnel_of(observed: Sequence[float], expected: Sequence[float]) -> Iterator[duckdb.DuckDBPyConnection]:
    """A funnel of counts whose centre is one event per expected event."""
    entities = [
        {
            "kpi_id": "k", "grain": "team", "entity_id": f"{place:03}", "family": "count", "better": "lower",
            "n": int(e), "w": e, "o": o, "ss": o, "value": o / e, "centre_value": 1.0, "within_sd": 0.0,
        }
        for place, (o, e) in enumerate(zip(observed, expected, strict=True))
    ]  # fmt: skip
    with database(int_funnel_entity=entities) as connection:
        the_project().build(connection, "int_funnel_limit")
        yield connection


def test_an_overdispersed_funnel_is_found_and_widened_as_the_reference_does() -> None:
    known = reference("funnel_overdispersion")
    observed, expected = known.inputs["observed"], known.inputs["expected"]
    with funnel_of(observed, expected) as connection:
        scores = rows(connection, "select z, winsorised_z from int_funnel_score order by entity_id")
        (spread,) = rows(connection, "select * from int_funnel_spread")
        found = {row["n"]: row for row in rows(connection, "select * from int_funnel_limit where not is_grid")}
    assert known.agrees([row["z"] for row in scores], known.expected["z"])
    assert known.agrees([row["winsorised_z"] for row in scores], known.expected["z_winsorised"])
    assert known.agrees([spread["phi"], spread["tau2"]], [known.expected["phi"], known.expected["tau2"]])
    assert spread["is_overdispersed"] is True
    errors = [
        {"family": "count", "centre_value": 1.0, "e": (0.25 / e + known.expected["tau2"]) ** 0.5} for e in expected
    ]
    bounds = calculate(
        errors, low=f"{{{{ funnel_bound('-', '{Z95}', 'e') }}}}", high=f"{{{{ funnel_bound('+', '{Z95}', 'e') }}}}"
    )
    assert known.agrees([row["low"] for row in bounds], known.expected["lcl95"])
    assert known.agrees([row["high"] for row in bounds], known.expected["ucl95"])
    for place, e in enumerate(expected):
        assert found[int(e)]["low_95"] == pytest.approx(known.expected["lcl95"][place], abs=1e-8)
        assert found[int(e)]["high_95"] == pytest.approx(known.expected["ucl95"][place], abs=1e-8)


def test_entities_that_differ_only_by_chance_keep_the_limits_of_chance() -> None:
    expected = [100.0, 110.0, 120.0, 130.0, 140.0]
    with funnel_of([104.0, 101.0, 126.0, 128.0, 139.0], expected) as connection:
        (spread,) = rows(connection, "select * from int_funnel_spread")
    assert spread["tau2"] == 0
    assert spread["is_overdispersed"] is False


@pytest.mark.parametrize(
    ("family", "centre", "sd"),
    [("prop", 0.9, 0.3), ("count", 0.05, 0.0), ("logmean", 240.0, 200.0), ("mean", 4.0, 1.1)],
)
def test_a_limit_is_where_the_deviation_is_that_many_errors(family: str, centre: float, sd: float) -> None:
    """Widened limits are the inverse of the score, on every family's own scale."""
    given = [{"family": family, "centre_value": centre, "within_sd": sd, "n": 400}]
    bound = "{{ funnel_bound('+', '2e0', funnel_deviation_error()) }}"
    (row,) = calculate(given, value=bound, error="{{ funnel_deviation_error() }}")
    (back,) = calculate([{**given[0], "value": row["value"]}], deviation="{{ funnel_deviation() }}")
    assert back["deviation"] == pytest.approx(2 * row["error"], abs=1e-12)
