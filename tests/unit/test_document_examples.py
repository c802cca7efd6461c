"""Examples worked out in the documents: computed anew with the project's own SQL, or taken from the reference results.

Each is a piece of the English page with its numbers. That the Chinese page states the same, test_documents sees.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import sqrt
from typing import Any

import pytest

from pipelines.cli import catalogue
from pipelines.settings import PROJECT
from tests.method.reference import calculate, reference, table
from tests.unit.documents import prose, rows


def expected(name: str) -> Any:
    return reference(name).expected


def by(name: str, key: str, value: object) -> dict[str, Any]:
    """The row of a reference set whose `key` has this value."""
    return next(row for row in expected(name)["rows"] if row[key] == value)


def probability(low: float) -> float:
    """P(Z <= low) by the project's own SQL."""
    return float(calculate([{"x": low}], p="{{ norm_cdf('x') }}")[0]["p"])


def worked_kpis() -> list[list[str]]:
    """Rows of the score that is worked out: KPI, steadied, anchors, points, weight, what it brings; last the sum."""
    return [cells for cells in rows("en", "method/tiers.md") if len(cells) == 6][1:]


def worked_score() -> float:
    return float(worked_kpis()[-1][-1])


def of_tiers() -> Iterator[str]:
    known, score, sd = expected("composite_calibration"), worked_score(), 3.5
    yield (
        f"a lead of {known['component_shrunk']:.2f} points becomes {known['calibrated']:.2f} "
        f"(factor {known['beta']:.3f}) with a standard deviation of {known['post_sd']:.2f}"
    )
    yield f"says {known['mv_eb']:.2f} and {known['mv_sd']:.2f}"
    low, high = probability((60 - score) / sd), probability((score - 80) / sd)
    yield f"low in {100 * low:.1f} %, middle in {100 * (1 - low - high):.1f} % and high in {100 * high:.1f} % of cases"
    yield f"low with a probability of {100 * probability((60 - 61.5) / 3):.0f} %"
    yield f"that takes 57.4 points ({100 * probability((60 - 57.4) / 3):.0f} %)"
    for level in (0.5, 0.7, 0.8, 0.9):
        row = by("misclassification", "R", level)
        yield f"| {level:.2f} | {100 * row['wrong']:.0f} % | {100 * row['low_label_wrong']:.0f} % |"


def of_fairness() -> Iterator[str]:
    yield f"it is {expected('cluster_se')['deff']:.3f}"
    n, observed, work = 200, 136, ((60, 0.80), (140, 0.60))
    share = sum(contacts * solved for contacts, solved in work) / n
    y = observed / n - share
    error = sqrt(1.29 * sum(contacts * solved * (1 - solved) for contacts, solved in work)) / n
    reliability = 0.05**2 / (0.05**2 + error**2)
    steadied, sd = 0.74 + reliability * y, sqrt(reliability) * error
    yield f"| {100 * share:.1f} % |"
    yield f"| {100 * error:.2f} points | | reliability"
    steps = f"74.0 % + {reliability:.2f} × {100 * y:.1f} points"
    yield f"| {reliability:.2f} | | steadied | {steps} | {100 * steadied:.1f} % |"
    low, high = steadied - 1.645 * sd, steadied + 1.645 * sd
    yield f"± 1.645 × {100 * sd:.1f} points | {100 * low:.1f} % to {100 * high:.1f} % |"
    few = 0.05**2 / (0.05**2 + 5 * error**2)
    yield f"would be {few:.2f} and the steadied value {100 * (0.74 + few * y):.1f} %"
    names = {"CSAT top-2-box": "satisfied", "FCR": "first-contact", "transfer": "transfer", "QA score": "QA score"}
    for name, said in {**names, "AHT log scale (CV .87)": "handle time"}.items():
        needed = by("n_for_reliability", "kpi", name)
        cells = " | ".join(f"{needed[f'n_for_{level}']:,.0f}" for level in (0.5, 0.7, 0.8, 0.9))
        assert any(row[0].startswith(said) and " | ".join(row[1:]) == cells for row in rows("en", "method/fairness.md"))
    yield f"five scored forms a month come to {5 / (5 + by('n_for_reliability', 'kpi', 'QA score')['M']):.2f}"


def of_differences() -> Iterator[str]:
    z = catalogue.read_variables(PROJECT / "dbt_project")["interval_z"]
    ends = {
        f"{end}{side}": f"{{{{ wilson_{end}('o{side}', 'n{side}', '{z}e0') }}}}"
        for end in ("low", "high")
        for side in "12"
    }
    (sides,) = calculate([{"o1": 56, "n1": 70, "o2": 48, "n2": 80}], **ends)
    (found,) = calculate(
        [{**sides, "v1": 0.8, "v2": 0.6}],
        low="{{ difference_low('v1', 'low1', 'v2', 'high2') }}",
        high="{{ difference_high('v1', 'high1', 'v2', 'low2') }}",
    )
    yield f"differ by 20 points, likely {100 * found['low']:.0f} to {100 * found['high']:.0f}."
    # both sides ± 1 point
    half = sqrt(2)
    p = 2 * probability(-z * 1.5 / half)
    yield f"A difference of 1.5 points, likely {1.5 - half:.1f} to {1.5 + half:.1f}, has a `p` of {p:.3f}."
    yield f"As the clearest of four it has a `q` of {4 * p:.3f} and does not."


def of_systemic() -> Iterator[str]:
    known = expected("team_variance")
    yield (
        f"{100 * known['observed_share_below']:.1f} % of the figures lie below the target and "
        f"{100 * known['share_below']:.1f} % of the people truly do"
    )
    split = expected("kitagawa")
    yield f"from {split['avg0']:g} to {split['avg1']:g} seconds. The work explains +{split['mix']:g}, "
    yield f"performance −{-split['rate']:g}."
    kinds = table("kitagawa.csv")
    before, after = sum(kind["n0"] for kind in kinds), sum(kind["n1"] for kind in kinds)
    for name, kind in zip(("billing", "orders", "technical"), kinds, strict=True):
        yield (
            f"| {name} | {100 * kind['n0'] / before:g} % | {kind['r0']:g} s | "
            f"{100 * kind['n1'] / after:g} % | {kind['r1']:g} s |"
        )
    days = reference("bunching").inputs
    share = days["p0_smooth"]
    yield (
        f"Of {days['total']} such days {days['above']} met the minimum, where {100 * share:.1f} % "
        f"({share * days['total']:.0f})"
    )


def of_signals() -> Iterator[str]:
    known = reference("laney_p")
    sizes, lowest = known.inputs["n"], known.expected["lcl"]
    yield f"hold {min(sizes)} to {max(sizes)} surveys and {100 * known.expected['pbar']:.1f} % are satisfied"
    yield f"vary {known.expected['sigma_z']:.1f} times as much"
    large, small = (100 * lowest[sizes.index(size)] for size in (22, 9))
    yield f"{large:.1f} % for the week with 22 surveys and {small:.1f} % for the one with 9"


def of_effects() -> Iterator[str]:
    yield f"they are better by {expected('barnett_rtm')['rtm'][-1]:.2f} points"
    known = expected("coaching2")
    claimed = known["did_selection_quarter"]
    yield f"says +{known['naive']:.1f} points, against all the others from the selection period +{claimed:.1f}"
    yield f"Skip says +{known['skip_did']:.1f} (standard error {known['skip_did_se']:.1f})"
    yield f"adjusted +{known['ancova2']:.1f} ({known['ancova2_se']:.1f}); the mean z is {known['z_mean']:.2f}"
    large, small = expected("mde")["rows"][1], expected("mde")["rows"][3]
    yield f"find {large['mde_one_sided']:.1f} points, 5 against 150 only {small['mde_one_sided']:.1f}"
    first, change = reference("change_rtm").inputs["rows"][0], expected("change_rtm")["rows"][0]
    yield f"from {100 * first['y1']:g} % to {100 * first['y2']:g} % solved"
    yield f"seven points, {100 * (change['expected2'] - first['y1']):.1f} were to be expected"
    yield f"probability of {100 * change['p_improved']:.0f} %"
    yield f"z {change['z_naive']:.2f} instead of {change['z_rtm']:.2f}"


def of_quality() -> Iterator[str]:
    for row, said in zip(expected("qa_autofail")["rows"], ("none", "2 %", "5 %", "10 %"), strict=True):
        yield f"| {said} | {row['mean'] + 1e-9:.1f} | {row['sd']:.1f} | {row['n_for_07']:.0f} |"
    agreement = expected("icc")
    yield f"ICC(2,1) = {agreement['icc21']:.2f} and ICC(2,4) = {agreement['icc2k']:.2f}"
    yield f"ICC(3,1) = {agreement['icc31']:.2f}"
    yield f"has alpha {expected('krippendorff')['interval']:.3f}"
    meters = expected("bland_altman")
    yield f"mean −{-meters['bias']:.1f}, limits −{-meters['lo']:.1f} to {meters['hi']:.1f}"
    reliability = 4 / (4 + 100 / 40)
    yield f"reliability of {reliability:.2f}, and {3 * reliability:.1f} points are taken out"
    unknown = [sqrt(16 * 100 / (forms * 16 + 100)) for forms in (0, 5, 15)]
    yield "{:.1f} points without a form, {:.1f} with five, {:.1f} with fifteen".format(*unknown)


def of_uncertainty() -> Iterator[str]:
    known, events = expected("funnel_overdispersion"), 108.0
    bounds = {side: f"{{{{ count_{side}('o', '1.959963984540054e0') }}}} / o" for side in ("low", "high")}
    (chance,) = calculate([{"o": events}], **bounds)
    yield (
        f"φ is {known['phi']:.2f}, and the limits for {events:g} expected events move from {chance['low']:.2f} and "
        f"{chance['high']:.2f} to {known['lcl95'][0]:.2f} and {known['ucl95'][0]:.2f}"
    )


def of_indices() -> Iterator[str]:
    known = expected("seed_formulas")
    volume, quota = known["call_volume_index"], known["quota_proration"]
    yield f"a quota of {volume['quota']:,}: {100 * volume['expect']:.0f} %"
    yield (
        f"A quota of {quota['quota']:,} for {quota['scheduled_days']} of {quota['full_days']} days: "
        f"{quota['expect']:,.1f}"
    )
    quality, floor = known["service_quality"], known["service_quality_floor"]
    yield (
        f"{quality['monitor']} and {quality['test_call']} with two complaints at {quality['coef_points']} points: "
        f"{quality['expect_points']:g}"
    )
    scores = f"{floor['monitor']} and {floor['test_call']}"
    yield f"{scores} with twenty complaints at 2 points: −{-floor['raw']:g}, shown as 0"
    yield f"85 points and one absence at 5 points: {known['training']['expect_points']:g}"
    present = known["attendance"]
    yield (
        f"{present['present_hours']:g} hours present of {present['scheduled_hours']} planned, "
        f"{present['approved_leave_hours']} of them approved leave: {100 * present['expect']:.1f} %"
    )
    yield f"a handle time of {expected('kpi_definitions')['aht_s']:g} s"


WORKED = {
    "method/tiers.md": of_tiers,
    "method/fairness.md": of_fairness,
    "method/differences.md": of_differences,
    "method/systemic.md": of_systemic,
    "method/signals.md": of_signals,
    "method/effects.md": of_effects,
    "method/quality.md": of_quality,
    "method/uncertainty.md": of_uncertainty,
    "method/indices.md": of_indices,
}


@pytest.mark.parametrize("page", WORKED)
def test_an_example_comes_out_as_it_is_told(page: str) -> None:
    told = prose("en", page)
    assert [piece for piece in WORKED[page]() if piece not in told] == []


def test_the_score_worked_out_adds_up_by_the_projects_own_points() -> None:
    total = weights = 0.0
    for _, steadied, anchors, points, weight, brings in worked_kpis()[:-1]:
        minimum, target, excellent = (float(found) for found in re.findall(r"[\d.]+", anchors))
        given = {"x": float(steadied.rstrip(" %")), "minimum": minimum, "target": target, "excellent": excellent}
        (row,) = calculate([given], points="{{ kpi_points('x', 'minimum', 'target', 'excellent') }}")
        assert points == f"{row['points']:.1f}"
        assert brings == f"{float(weight) * row['points']:.2f}"
        total += float(weight) * row["points"]
        weights += float(weight)
    assert worked_score() == pytest.approx(total, abs=0.005)
    assert weights == pytest.approx(1)
