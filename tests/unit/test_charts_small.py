"""Small pictures: positions, marks, icons that agree with findings, escaping, speed by size."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import pytest

from pipelines.charts import chart_modules, small
from pipelines.charts._standing import Finding
from pipelines.settings import PROJECT

FINDINGS = {
    "special_cause_improvement": "improvement",
    "special_cause_concern": "concern",
    "special_cause_neutral": "neutral",
    "common_cause": "common",
    "too_few_points": "unknown",
}
CSS = (PROJECT / "site_templates" / "theme" / "assets" / "charts.css").read_text(encoding="utf-8")
HOSTILE = '"><script>alert(1)</script>'


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 - our own picture


def classes(svg: str) -> list[str]:
    return [name for each in re.findall(r'class="([^"]*)"', svg) for name in each.split()]


def letters(svg: str) -> list[str]:
    return [each.text or "" for each in parsed(svg).iter("text")]


def test_a_sparkline_runs_through_its_values_and_marks_the_last() -> None:
    svg = small.sparkline([1, 3, 2], label="x", finding="special_cause_concern", width=112, height=32)
    line = re.search(r'class="fw-line" d="([^"]*)"', svg)
    assert line is not None
    assert line[1] == "M6,26L56,6L106,16"
    assert re.search(r'class="fw-concern" d="M106,16', svg)


def test_a_sparkline_breaks_where_a_value_is_missing_and_dots_a_lonely_one() -> None:
    svg = small.sparkline([1, None, 3, None, 1, 2], label="x")
    line = re.search(r'class="fw-line" d="([^"]*)"', svg)
    assert line is not None
    assert line[1].count("M") == 3
    assert line[1].count("h0.1") == 2


def test_a_sparkline_without_values_is_an_empty_picture() -> None:
    assert "<path" not in small.sparkline([None, None], label="x")


@pytest.mark.parametrize(("finding", "standing"), FINDINGS.items())
def test_a_small_xmr_marks_every_point_by_its_finding(finding: Any, standing: str) -> None:
    svg = small.small_xmr([1.0, 2.0, 3.0], ["common_cause", finding, finding], label="x", limits=(0, 2, 4))
    expected = 3 if standing == "common" else 2
    assert classes(svg).count(f"fw-{standing}") == expected


def test_a_small_xmr_draws_limits_mean_target_and_flags() -> None:
    findings: list[Finding] = ["common_cause"] * 4
    svg = small.small_xmr(
        [2, 3, 2, 3], findings, label="x", limits=(0, 2.5, 5), target=4, is_trial=True, events=[(1, "1"), (2, "2")]
    )
    assert {"fw-limit", "fw-trial", "fw-centre", "fw-target-line"} <= set(classes(svg))
    assert letters(svg) == ["1", "2"]


def test_a_small_xmr_with_unequal_lengths_is_refused() -> None:
    with pytest.raises(ValueError, match="2 values but 1 findings"):
        small.small_xmr([1, 2], ["common_cause"], label="x", limits=None)


@pytest.mark.parametrize(
    ("finding", "better", "is_high", "letter"),
    [
        ("special_cause_improvement", "higher", None, ["H"]),
        ("special_cause_improvement", "lower", None, ["L"]),
        ("special_cause_concern", "higher", None, ["L"]),
        ("special_cause_concern", "lower", None, ["H"]),
        ("special_cause_neutral", "neutral", None, []),
        ("special_cause_neutral", "neutral", True, ["H"]),
        ("special_cause_neutral", "neutral", False, ["L"]),
        ("common_cause", "higher", None, []),
        ("too_few_points", "higher", None, ["…"]),
    ],
)
def test_the_variation_icon_agrees_with_the_finding(finding: Any, better: Any, is_high: Any, letter: Any) -> None:
    svg = small.variation_icon(finding, better, label="x", is_high=is_high)
    assert letters(svg) == letter
    assert f"fw-icon-{FINDINGS[finding]}" in classes(svg)


@pytest.mark.parametrize(
    ("assurance", "letter", "colour"),
    [
        ("consistent_pass", "P", "improvement"),
        ("consistent_fail", "F", "concern"),
        ("inconsistent", "?", "common"),
        ("no_target", "–", "unknown"),
    ],
)
def test_the_assurance_icon_agrees_with_the_assurance(assurance: Any, letter: Any, colour: str) -> None:
    svg = small.assurance_icon(assurance, label="x", size=24)
    assert letters(svg) == [letter]
    assert f"fw-icon-{colour}" in classes(svg)
    assert 'width="24" height="24" viewBox="0 0 32 32"' in svg


def test_a_bullet_is_drawn_to_the_domain_and_cut_at_its_ends() -> None:
    svg = small.bullet(0.5, 0.4, 1.5, 0.75, (0, 1), label="x", width=200, height=24)
    boxes = {each.get("class"): each for each in parsed(svg).iter("rect")}
    assert boxes["fw-bar"].get("width") == "100"
    assert (boxes["fw-interval-box"].get("x"), boxes["fw-interval-box"].get("width")) == ("80", "120")
    assert boxes["fw-target-tick"].get("x") == "148.5"


def test_a_bullet_without_a_value_shows_only_its_target() -> None:
    assert set(classes(small.bullet(None, None, None, 0.5, (0, 1), label="x"))) == {
        "fw-small", "fw-rail", "fw-target-tick",
    }  # fmt: skip


def test_an_interval_dot_stands_between_its_bounds() -> None:
    svg = small.interval_dot(0.5, 0.25, 0.75, None, (0, 1), label="x", standing="concern", width=200, height=20)
    assert 'd="M50,10H150"' in svg
    assert 'class="fw-concern" d="M100,10' in svg


def test_an_empty_domain_is_refused() -> None:
    with pytest.raises(ValueError, match="empty"):
        small.interval_dot(1, None, None, None, (1, 1), label="x")


def every_picture(label: str) -> list[str]:
    findings: list[Finding] = ["common_cause", "special_cause_improvement"]
    return [
        small.sparkline([1, 2], label=label, limits=(0, 1, 2), target=1),
        small.small_xmr([1, 2], findings, label=label, limits=(0, 1, 2), target=1, events=[(0, HOSTILE)]),
        small.bullet(0.5, 0.4, 0.6, 0.5, (0, 1), label=label, previous=0.3),
        small.interval_dot(0.5, 0.4, 0.6, 0.5, (0, 1), label=label),
        small.variation_icon("common_cause", "higher", label=label),
        small.assurance_icon("inconsistent", label=label),
        *(small.key_mark(name, label=label) for module in chart_modules().values() for name in module.KEY),
    ]


def test_labels_and_flags_are_escaped_everywhere() -> None:
    for svg in every_picture(HOSTILE):
        root = parsed(svg)
        assert root.get("aria-label") == HOSTILE
        assert root.get("role") == "img"
        assert not list(root.iter("script"))


def test_a_picture_without_a_label_is_hidden_from_assistive_technology() -> None:
    for svg in every_picture(""):
        root = parsed(svg)
        assert root.get("aria-hidden") == "true"
        assert root.get("aria-label") is None


def test_small_pictures_take_colour_only_from_classes_that_the_style_sheet_knows() -> None:
    for svg in every_picture("x"):
        assert not re.search(r'\b(fill|stroke|style|id|href)="', svg)
        assert not [name for name in classes(svg) if not re.search(rf"\.{name}\b", CSS)]


def test_every_mark_of_every_chart_key_can_be_drawn_and_an_unknown_one_is_refused() -> None:
    keys = {name for module in chart_modules().values() for name in module.KEY}
    assert len({small.key_mark(name) for name in keys}) == len(keys)
    with pytest.raises(KeyError):
        small.key_mark("rainbow")


def test_small_pictures_are_small() -> None:
    values = [0.7 + 0.003 * (index % 7) for index in range(26)]
    findings: list[Finding] = ["common_cause"] * 26
    assert len(small.sparkline(values, label="x", limits=(0.6, 0.7, 0.8), target=0.75)) < 700
    assert len(small.small_xmr(values, findings, label="x", limits=(0.6, 0.7, 0.8), target=0.75)) < 2_500
