"""What a change proves, what a sample can find, and what chance finds among many (METHOD.md sections 3, 8 and 9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from tests.method.reference import calculate, inlined, reference, table, the_project
from tests.model_sql import database, rows


def test_the_gain_that_selection_alone_brings_is_barnetts() -> None:
    known = reference("barnett_rtm")
    given = [
        {
            "sd": float(row["sigma"]),
            "rho": float(row["rho"]),
            "m": row["m"],
            "z": (row["mu"] - row["cut"]) / row["sigma"],
        }
        for row in known.inputs["rows"]
    ]
    found = [row["gain"] for row in calculate(given, gain="{{ expected_regression('sd', 'rho', 'm', 'z') }}")]
    assert known.agrees(found, known.expected["rtm"])
    assert found[-1] == pytest.approx(known.expected["mc_last_row"], abs=0.01)


def test_a_change_is_held_against_what_the_first_value_alone_predicts() -> None:
    known = reference("change_rtm")
    found = calculate(
        known.inputs["rows"],
        expected2="{{ change_expected('y1', 'v1', 'mu1', 'mu2', 'tau2') }}",
        z_rtm="{{ change_z('y1', 'v1', 'y2', 'v2', 'mu1', 'mu2', 'tau2') }}",
    )
    rose = calculate([{"z": row["z_rtm"]} for row in found], p_improved="{{ norm_cdf('z') }}")
    for row, more, wanted in zip(found, rose, known.expected["rows"], strict=True):
        assert known.agrees(
            [row["expected2"], row["z_rtm"], more["p_improved"]],
            [wanted["expected2"], wanted["z_rtm"], wanted["p_improved"]],
        )


def test_the_smallest_effect_a_course_could_show_agrees_with_the_reference() -> None:
    known = reference("mde")
    given = [
        {**row, "sd": float(row["sd"]), "rho": float(row["rho"]), "alpha": 0.05, "power": 0.8}
        for row in known.inputs["rows"]
    ]
    arguments = "'sd', 'rho', 'n_t', 'n_c', 'alpha', 'power'"
    found = calculate(
        given,
        se="{{ difference_error('sd', 'rho', 'n_t', 'n_c') }}",
        mde_one_sided="{{ minimum_detectable_effect(" + arguments + ") }}",
        mde_two_sided="{{ minimum_detectable_effect(" + arguments + ", 2) }}",
    )
    for row, wanted in zip(found, known.expected["rows"], strict=True):
        assert known.agrees([row[name] for name in row], [wanted[name] for name in row])
        assert row["mde_two_sided"] == pytest.approx(wanted["mde_t_statsmodels"], rel=0.02)


def test_a_group_of_nobody_shows_no_effect_of_any_size() -> None:
    given = [{"sd": 6.4, "rho": 0.4, "n_t": 0, "n_c": 30}]
    (row,) = calculate(given, mde="{{ minimum_detectable_effect('sd', 'rho', 'n_t', 'n_c', '0.05e0', '0.8e0') }}")
    assert row["mde"] is None


def test_the_number_of_observations_for_a_reliability_agrees_with_the_reference() -> None:
    known = reference("n_for_reliability")
    wanted = ("0.5", "0.7", "0.8", "0.9")
    for row in known.expected["rows"]:
        within = row["p"] * (1 - row["p"]) if "p" in row else row["sd_within"] ** 2
        given = [
            {"r": float(reliability), "within": float(within), "tau2": float(row["tau"]) ** 2} for reliability in wanted
        ]
        found = calculate(given, n="{{ n_for_reliability('r', 'within', 'tau2') }}")
        assert known.agrees([each["n"] for each in found], [row[f"n_for_{reliability}"] for reliability in wanted])


def test_no_number_of_observations_separates_people_who_do_not_differ() -> None:
    given = [{"r": 0.7, "within": 0.2, "tau2": 0.0}, {"r": 1.0, "within": 0.2, "tau2": 0.1}]
    assert [row["n"] for row in calculate(given, n="{{ n_for_reliability('r', 'within', 'tau2') }}")] == [None, None]


def q_values(given: Sequence[Mapping[str, Any]], partition: str) -> list[float | None]:
    ratio = inlined(f"{{{{ bh_ratio('p', '{partition}') }}}}")
    q = inlined(f"{{{{ bh_q('p', 'ratio', '{partition}') }}}}")
    with database(given=[{**row, "place": place} for place, row in enumerate(given)]) as connection:
        ranked = f"with ranked as (select *, {ratio} as ratio from given) select {q} as q from ranked order by place"
        return [row["q"] for row in rows(connection, ranked)]


def test_false_discoveries_are_held_down_as_the_reference_does() -> None:
    known = reference("bh_fdr")
    given = [{"p": p} for p in known.inputs["p"]]
    found = q_values(given, "")
    assert known.agrees(found, known.expected["q"])
    assert sum(q is not None and q <= 0.10 for q in found) == known.expected["rejected_at_10pct"]
    with database(given=given) as connection:
        (row,) = rows(connection, "select " + inlined("{{ storey_share('p') }}") + " as share_real from given")
    assert known.agrees(row["share_real"], known.expected["pi1_storey"])


def test_each_list_of_tests_stands_alone_ties_share_a_rank_and_what_was_not_tested_does_not_count() -> None:
    one: list[dict[str, Any]] = [{"list": "a", "p": p} for p in (0.01, 0.04, 0.04, None)]
    other: list[dict[str, Any]] = [{"list": "b", "p": p} for p in (0.04, 0.5)]
    assert q_values([*one, *other], "list") == pytest.approx([0.03, 0.04, 0.04, None, 0.08, 0.5], abs=1e-12)
    shuffled = [other[1], one[3], one[1], other[0], one[2], one[0]]
    assert q_values(shuffled, "list") == pytest.approx([0.5, None, 0.04, 0.08, 0.04, 0.03], abs=1e-12)


def test_mix_and_performance_add_up_to_the_change_of_an_average() -> None:
    known = reference("kitagawa")
    strata = table(known.inputs["file"])
    before, after = (sum(row[name] for row in strata) for name in ("n0", "n1"))
    given = [{"w0": row["n0"] / before, "w1": row["n1"] / after, "r0": row["r0"], "r1": row["r1"]} for row in strata]
    arguments = "'w0', 'w1', 'r0', 'r1'"
    found = calculate(
        given, mix="{{ kitagawa_mix(" + arguments + ") }}", rate="{{ kitagawa_performance(" + arguments + ") }}"
    )
    mix, rate = (sum(row[name] for row in found) for name in ("mix", "rate"))
    assert known.agrees([mix, rate, mix + rate], [known.expected[name] for name in ("mix", "rate", "change")])


def test_what_ranking_people_would_cost_agrees_with_the_reference() -> None:
    known = reference("misclassification")
    with database() as connection:
        the_project().build(connection, "int_ranking_cost")
        found = {round(row["reliability"], 2): row for row in rows(connection, "select * from int_ranking_cost")}
    for wanted in known.expected["rows"]:
        row = found[wanted["R"]]
        assert known.agrees(
            [row["misplaced_share"], row["low_label_wrong_share"], row["opposite_share"]],
            [wanted["wrong"], wanted["low_label_wrong"], wanted["severe"]],
        )
