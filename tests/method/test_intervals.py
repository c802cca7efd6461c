"""Intervals of shares, times, counts and means (METHOD.md section 3)."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from tests.method.reference import calculate, reference

Z95 = "1.959963984540054e0"


ERROR_OF_MEAN = "{{ mean_variance('n', 'w', 'o', 'ss') }}"


def test_the_interval_of_a_share_is_wilsons() -> None:
    known = reference("wilson")
    given = [{"o": float(o), "n": n} for o, n in known.inputs["x_n"]]
    found = calculate(
        given, low=f"{{{{ wilson_low('o', 'n', '{Z95}') }}}}", high=f"{{{{ wilson_high('o', 'n', '{Z95}') }}}}"
    )
    bounds = [[row["low"], row["high"]] for row in found]
    assert known.agrees(bounds, known.expected["interval"])
    for pair, published in zip(bounds, known.expected["published"], strict=False):
        assert pair == pytest.approx(published, abs=5.1e-5)


def test_the_interval_of_a_lognormal_mean_is_coxs() -> None:
    known = reference("lognormal_ci")
    (row,) = calculate(
        [{"m": known.inputs["ybar"], "v": known.inputs["s2"], "n": known.inputs["n"]}],
        low=f"{{{{ lognormal_low('m', 'v', 'n', '{Z95}') }}}}",
        high=f"{{{{ lognormal_high('m', 'v', 'n', '{Z95}') }}}}",
    )
    assert known.agrees([row["low"], row["high"]], known.expected["cox_z"])


def poisson_at_most(events: int, expected: float) -> float:
    return sum(math.exp(k * math.log(expected) - expected - math.lgamma(k + 1)) for k in range(events + 1))


def crossing(falling: Callable[[float], float], low: float, high: float) -> float:
    """Where a function that starts above nought falls through it."""
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if falling(middle) > 0 else (low, middle)
    return low


@pytest.mark.parametrize(("z", "tail"), [(1.6448536269514722, 0.05), (1.959963984540054, 0.025)])
def test_the_interval_of_a_count_is_within_three_hundredths_of_the_exact_one(z: float, tail: float) -> None:
    counts = [0, 1, 2, 3, 5, 8, 15, 40, 100]
    found = calculate(
        [{"o": float(o)} for o in counts],
        low=f"{{{{ count_low('o', '{z!r}e0') }}}}",
        high=f"{{{{ count_high('o', '{z!r}e0') }}}}",
    )
    for row, o in zip(found, counts, strict=True):
        exact_high = crossing(lambda m, o=o: poisson_at_most(o, m) - tail, 1e-9, 2 * o + 30)  # type: ignore[misc]
        exact_low = crossing(lambda m, o=o: tail - 1 + poisson_at_most(o - 1, m), 1e-9, o + 1) if o else 0  # type: ignore[misc]
        assert row["low"] == pytest.approx(exact_low, abs=0.03)
        assert row["high"] == pytest.approx(exact_high, abs=0.03)


def test_the_variance_of_a_mean_needs_two_observations_and_weighs_them() -> None:
    values = [3.0, 5.0, 10.0]
    plain = {"n": 3, "w": 3.0, "o": sum(values), "ss": sum(v * v for v in values)}
    hours = [(6.0, 8.0), (4.0, 4.0), (2.0, 8.0)]  # kept, planned
    weighted = {"n": 3, "w": 20.0, "o": 12.0, "ss": sum(kept * kept / planned for kept, planned in hours)}
    alone = {"n": 1, "w": 8.0, "o": 6.0, "ss": 4.5}
    found = calculate([plain, weighted, alone], error=ERROR_OF_MEAN)
    assert found[0]["error"] == pytest.approx(13 / 3, abs=1e-12)
    by_hand = sum(planned / 20 * (kept / planned - 0.6) ** 2 for kept, planned in hours) / 2
    assert found[1]["error"] == pytest.approx(by_hand, abs=1e-12)
    assert found[2]["error"] is None


def test_equal_observations_have_no_variance_in_whatever_order_they_were_added_up() -> None:
    equal = [0.1 * n for n in (3, 7, 12, 33, 1000)]
    sums = [{"n": 12, "w": 12.0, "o": sum([v] * 12), "ss": sum([v * v] * 12)} for v in equal]
    assert any(row["ss"] / row["w"] - (row["o"] / row["w"]) ** 2 != 0 for row in sums), "these sums round to equality"
    assert [row["error"] for row in calculate(sums, error=ERROR_OF_MEAN)] == [0] * len(sums)
    barely = {"n": 2, "w": 2.0, "o": 200.001, "ss": 100.0**2 + 100.001**2}
    assert calculate([barely], error=ERROR_OF_MEAN)[0]["error"] == pytest.approx(0.0005**2, rel=1e-3)
