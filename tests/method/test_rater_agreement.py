"""How far raters agree: intraclass correlations, Krippendorff's alpha, Bland and Altman (METHOD.md section 3)."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from tests.method.quality_tables import Panel, draw, put_rows
from tests.method.reference import calculate, inlined, reference, table
from tests.model_sql import database, rows

ICC = "{{ intraclass_correlations('ratings', [], 'call', 'rater', 'score') }}"
RATING_TYPES = {"replicate": "bigint", "unit": "bigint", "rater": "bigint", "score": "double"}


def query(sql: str, given: list[dict[str, Any]]) -> list[dict[str, Any]]:
    with database(ratings=given) as connection:
        return rows(connection, inlined(sql))


def alpha(given: list[dict[str, Any]], metric: str) -> float | None:
    sql = f"{{{{ krippendorff_alpha('ratings', [], 'unit', 'value', '{metric}') }}}}"
    (row,) = query(sql, given)
    found: float | None = row["alpha"]
    return found


def test_all_six_intraclass_correlations_are_those_of_shrout_and_fleiss() -> None:
    known = reference("icc")
    (row,) = query(ICC, table(known.inputs["file"]))
    names = ("icc_1_1", "icc_2_1", "icc_3_1", "icc_1_k", "icc_2_k", "icc_3_k")
    expected = [known.expected[name] for name in ("icc11", "icc21", "icc31", "icc1k", "icc2k", "icc3k")]
    assert known.agrees([row[name] for name in names], expected)
    assert [row[name] for name in names] == pytest.approx(known.expected["published"], abs=5e-3)
    squares = {"subjects": "MSB", "within": "MSW", "raters": "MSJ", "error": "MSE"}
    for name, symbol in squares.items():
        assert known.agrees(row[f"mean_square_{name}"], known.expected[symbol])


@pytest.mark.parametrize("metric", ["nominal", "ordinal", "interval", "ratio"])
def test_alpha_with_missing_ratings_is_krippendorffs(metric: str) -> None:
    known = reference("krippendorff")
    assert known.agrees(alpha(table(known.inputs["file"]), metric), known.expected[metric])


def test_agreement_of_two_meters_is_that_of_bland_and_altman() -> None:
    known = reference("bland_altman")
    given = [{"a": float(row["a"]), "b": float(row["b"])} for row in table(known.inputs["file"])]
    (row,) = query("{{ bland_altman('ratings', [], 'a', 'b') }}", given)
    expected = [known.expected[name] for name in ("bias", "sd", "lo", "hi", "se_bias")]
    assert known.agrees([row[n] for n in ("bias", "difference_sd", "limit_low", "limit_high", "bias_error")], expected)
    assert [row["bias"], row["difference_sd"]] == pytest.approx(known.expected["published"], abs=0.05)


def test_zeroing_critical_errors_costs_the_forms_that_the_reference_says() -> None:
    known = reference("qa_autofail")
    within, mean, tau = (float(known.inputs[name]) for name in ("sd_within", "mean", "tau"))
    expected = known.expected["rows"]
    given = [
        {"mean": mean, "v": within**2, "tau2": tau**2, "missed": float(row["autofail"]), "r": 0.7} for row in expected
    ]
    found = calculate(
        given,
        mean="{{ zeroed_mean('mean', 'missed') }}",
        sd="sqrt({{ zeroed_variance('mean', 'v', 'missed') }})",
        n="{{ n_for_reliability('r', zeroed_variance('mean', 'v', 'missed'), 'tau2') }}",
    )
    for row, wanted in zip(found, expected, strict=True):
        assert known.agrees([row["mean"], row["sd"], row["n"]], [wanted["mean"], wanted["sd"], wanted["n_for_07"]])


def test_a_table_with_a_hole_has_no_correlation_but_an_alpha() -> None:
    given = table("icc_shrout_fleiss.csv")[1:]
    assert query(ICC, given) == []
    units = [{"unit": row["call"], "value": row["score"]} for row in given]
    assert alpha(units, "interval") == pytest.approx(0.150356, abs=1e-6)


def test_raters_who_never_differ_leave_nothing_to_agree_about() -> None:
    same = [{"unit": unit, "value": 5} for unit in (1, 1, 2, 2)]
    for metric in ("nominal", "ordinal", "interval"):
        assert alpha(same, metric) is None


def test_agreement_is_perfect_when_all_raters_say_the_same_of_different_things() -> None:
    same = [{"unit": unit, "value": unit} for unit in (1, 1, 2, 2, 3, 3, 3)]
    for metric in ("nominal", "ordinal", "interval"):
        assert alpha(same, metric) == pytest.approx(1.0)


def test_neither_the_order_of_rows_nor_the_names_of_raters_matter() -> None:
    given = table("icc_shrout_fleiss.csv")
    renamed = [{**row, "rater": (row["rater"] + 1) % 4, "call": 5 - row["call"]} for row in reversed(given)]
    (one,), (other,) = query(ICC, given), query(ICC, renamed)
    assert list(one.values()) == pytest.approx(list(other.values()), abs=1e-12)


def test_points_of_another_unit_leave_every_agreement_where_it_was() -> None:
    given = table("krippendorff.csv")
    percent = [{**row, "value": 25.0 * row["value"] - 25.0} for row in given]
    for metric in ("nominal", "ordinal", "interval"):
        first, second = alpha(given, metric), alpha(percent, metric)
        assert first is not None
        assert second == pytest.approx(first, abs=1e-12)


def simulated_ratings(replicates: int, contacts: int, raters: int, true: float) -> list[dict[str, Any]]:
    """Ratings with intraclass correlation `true` and raters who do not differ on average."""
    chance = np.random.default_rng(5)
    shared = chance.normal(size=(replicates, contacts, 1)) * math.sqrt(true)
    scores = shared + chance.normal(size=(replicates, contacts, raters)) * math.sqrt(1 - true)
    return [
        {"replicate": place[0], "unit": place[1], "rater": place[2], "score": float(score)}
        for place, score in np.ndenumerate(scores)
    ]


@pytest.mark.parametrize(("contacts", "raters", "true"), [(20, 2, 0.67), (30, 4, 0.8), (20, 6, 0.9)])
def test_the_interval_of_an_agreement_holds_the_truth_nine_times_in_ten(
    contacts: int, raters: int, true: float
) -> None:
    z = "1.6448536269514722e0"
    sql = f"""
        with found as ({{{{ krippendorff_alpha('ratings', ['replicate'], 'unit', 'score') }}}}),
        sized as (select alpha, ratings / units as k, units as n from found)
        select
            {{{{ agreement_bound('low', 'alpha', 'k', 'n', '{z}') }}}} as low,
            {{{{ agreement_bound('high', 'alpha', 'k', 'n', '{z}') }}}} as high
        from sized
    """
    with database() as connection:
        put_rows(connection, "ratings", simulated_ratings(300, contacts, raters, true), RATING_TYPES)
        found = rows(connection, inlined(sql))
    held = sum(row["low"] <= true <= row["high"] for row in found) / len(found)
    assert len(found) == 300
    assert 0.86 <= held <= 0.95


def test_without_their_leniency_graders_agree_better_than_with_it() -> None:
    _, forms = draw(Panel(calibrations=30, forms=1, quarters=1), seed=3)
    ratings = [
        {"call": form["subject_id"], "rater": form["grader"], "score": form["score_points"]}
        for form in forms
        if form["is_calibration"]
    ]
    (row,) = query(ICC, ratings)
    assert row["icc_3_1"] > row["icc_2_1"] + 0.03
    assert row["icc_2_k"] > row["icc_2_1"]
