"""The normal, beta and chi-square distributions in SQL (METHOD.md section 4.6)."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import Any

import pytest

from tests.method.reference import calculate, reference


def test_the_normal_distribution_its_density_and_its_quantiles_agree_with_the_reference() -> None:
    known = reference("norm")
    at_x = calculate([{"x": float(x)} for x in known.inputs["x"]], cdf="{{ norm_cdf('x') }}", pdf="{{ norm_pdf('x') }}")
    at_p = calculate([{"p": p} for p in known.inputs["p"]], ppf="{{ norm_ppf('p') }}")
    assert known.agrees([row["cdf"] for row in at_x], known.expected["cdf"])
    assert known.agrees([row["pdf"] for row in at_x], known.expected["pdf"])
    assert known.agrees([row["ppf"] for row in at_p], known.expected["ppf"])


def test_the_normal_distribution_is_exact_to_the_last_digits_everywhere() -> None:
    points = [step / 16 for step in range(-160, 161)]
    found = calculate([{"x": x} for x in points], cdf="{{ norm_cdf('x') }}")
    assert (
        max(abs(row["cdf"] - 0.5 * math.erfc(-x / math.sqrt(2))) for row, x in zip(found, points, strict=True)) < 5e-16
    )


def test_quantiles_are_the_inverse_even_in_the_far_tails() -> None:
    shares = [1e-300, 1e-12, 1e-5, 0.07, 0.075, 0.3, 0.5, 0.925, 0.93, 0.999999]
    found = calculate([{"p": p} for p in shares], ppf="{{ norm_ppf('p') }}")
    for row, p in zip(found, shares, strict=True):
        assert row["ppf"] == pytest.approx(NormalDist().inv_cdf(p), rel=1e-14, abs=1e-15)


def test_what_is_no_number_is_never_certain() -> None:
    """DuckDB sorts NaN above every number, so without care the chance of anything would be 1."""
    unknown: list[dict[str, Any]] = [{"x": math.nan}, {"x": None}]
    found = calculate(
        unknown, cdf="{{ norm_cdf('x') }}", ppf="{{ norm_ppf('x') }}", points="{{ kpi_points('x', 1, 2, 3) }}"
    )
    assert all(value is None for row in found for value in row.values())
    outside = [{"x": 0.0}, {"x": 1.0}, {"x": -0.1}, {"x": 2.0}]
    assert {row["p"] for row in calculate(outside, p="{{ norm_ppf('x') }}")} == {None}
    assert [row["p"] for row in calculate([{"x": 40.0}, {"x": -40.0}], p="{{ norm_cdf('x') }}")] == [1.0, 0.0]


def test_the_beta_distribution_agrees_with_the_reference() -> None:
    known = reference("beta_cdf")
    given = [dict(zip(("x", "a", "b"), map(float, row), strict=True)) for row in known.inputs["x_a_b"]]
    found = calculate(given, cdf="{{ beta_cdf('x', 'a', 'b') }}", z="{{ beta_z('x', 'a', 'b') }}")
    assert known.agrees([row["cdf"] for row in found], known.expected["cdf"])
    again = calculate([{"z": row["z"]} for row in found], cdf="{{ norm_cdf('-z') }}")
    assert [row["cdf"] for row in again] == [row["cdf"] for row in found]


def test_the_beta_distribution_ends_at_nothing_and_at_all() -> None:
    given = [{"x": x, "a": 3.0, "b": 2.0} for x in (-0.5, 0.0, 1.0, 1.5)] + [{"x": 0.5, "a": 0.5, "b": 2.0}]
    assert [row["p"] for row in calculate(given, p="{{ beta_cdf('x', 'a', 'b') }}")] == [0.0, 0.0, 1.0, 1.0, None]


def test_the_moments_of_a_value_that_cannot_leave_its_scale_agree_with_the_reference() -> None:
    known = reference("clamp_moments")
    bounds = f"'{known.inputs['lo']}e0', '{known.inputs['hi']}e0'"
    found = calculate(
        [{"m": float(m), "s": float(s)} for m, s in known.inputs["m_s"]],
        mean="{{ clamp_mean('m', 's', " + bounds + ") }}",
        square="{{ clamp_m2('m', 's', " + bounds + ") }}",
    )
    moments = [[row["mean"], math.sqrt(row["square"] - row["mean"] ** 2)] for row in found]
    assert known.agrees(moments, known.expected["mean_sd"])


def test_a_value_without_spread_is_itself_within_its_scale() -> None:
    given = [{"m": m, "s": s} for m, s in ((50.0, 0.0), (120.0, 0.0), (-3.0, None), (None, 2.0))]
    found = calculate(
        given, mean="{{ clamp_mean('m', 's', '0e0', '100e0') }}", square="{{ clamp_m2('m', 's', '0e0', '100e0') }}"
    )
    assert [(row["mean"], row["square"]) for row in found] == [(50, 2500), (100, 10000), (0, 0), (None, None)]


@pytest.mark.parametrize(
    ("q", "df", "tail"), [(3.841458820694124, 1, 0.05), (9.487729036781154, 4, 0.05), (4.6051701859880914, 2, 0.1)]
)
def test_the_tail_of_chi_square_is_right_to_three_thousandths(q: float, df: int, tail: float) -> None:
    (row,) = calculate([{"q": q, "df": df}], tail="{{ chi2_upper_tail('q', 'df') }}")
    assert row["tail"] == pytest.approx(tail, abs=0.003)


def test_chi_square_without_freedom_says_nothing() -> None:
    given: list[dict[str, Any]] = [{"q": 1.0, "df": 0}, {"q": None, "df": 3}, {"q": 0.0, "df": 3}]
    found = [row["tail"] for row in calculate(given, tail="{{ chi2_upper_tail('q', 'df') }}")]
    assert found[:2] == [None, None]
    assert found[2] == pytest.approx(1, abs=0.003)
