"""Quality scores: graders, agreement, critical errors. Coverage, plan and people: test_area_quality_people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipelines.marts import Anchor
from pipelines.site import captions
from pipelines.site.areas import _quality_book, _quality_rules, _quality_words, quality
from pipelines.site.model import Site
from tests.unit.quality_centre import calibration, finder, voice


def changed(site: Site, area: str = "quality", **marts: object) -> Site:
    """The same site with some marts of one area replaced."""
    return replace(site, books={**site.books, area: replace(site.books[area], **marts)})  # type: ignore[type-var]


def judged(site: Site, verdict: str, agreement: float) -> Site:
    """The same site with one verdict on its only form."""
    return changed(site, calibrations={"Form <A>": (calibration("score", verdict, agreement),)})


# ---------- graders
def test_graders_are_numbered_in_order_of_name(quality_site: Site) -> None:
    page = quality.quality(finder(quality_site))
    assert [found.grader for found in page.graders] == ["1", "2", "3", "4", "5"]
    assert [found.leniency_points for found in page.graders] == [
        -1.0,
        1.0,
        2.0,
        -2.0,
        0.0,
    ]  # Bo, Dora, Hugo, Ines, Karl


def test_each_grader_stands_beside_their_own_difference_on_the_same_contacts(quality_site: Site) -> None:
    page = quality.quality(finder(quality_site))
    assert [found is not None for found in page.beside] == [False, False, False, True, False]


def test_fewer_graders_than_may_be_shown_are_not_shown_one_by_one(quality_site: Site) -> None:
    small = changed(quality_site, graders=quality.quality(finder(quality_site)).graders[:4])
    page = quality.quality(finder(small))
    assert page.is_small and page.severity is None
    said = _quality_words.too_few_graders(voice("en", small), page)
    assert "(4)" in said and "not shown one by one" in said


def test_strict_and_lenient_wear_the_same_mark_and_who_is_not_judged_has_none(quality_site: Site) -> None:
    graders = list(quality.quality(finder(quality_site)).graders)
    graders[2] = replace(graders[2], verdict="too_few_forms", leniency_low=None, leniency_high=None)
    severity = quality.quality(finder(changed(quality_site, graders=tuple(graders)))).severity
    assert severity is not None
    drawn = severity.request.data["rows"]
    assert [row["verdict"] for row in drawn] == ["no_target", "too_few", "no_target", "no_target", "no_target"]  # type: ignore[attr-defined]
    assert [row["value"] for row in drawn] == [-1.0, 1.0, None, -2.0, 0.0]  # type: ignore[attr-defined]
    assert not {"improvement", "concern"} & set(severity.key)


# ---------- agreement
@pytest.mark.parametrize(
    ("verdict", "wanted"),
    [
        ("fit_for_tiers", "well enough for the score to count in tiers: Form <A> (0.880)"),
        ("coaching_only", "for coaching, but not for tiers"),
        ("not_used", "nobody should be judged by these scores"),
        ("too_few", "Too little was scored by several graders"),
    ],
)
def test_the_answer_says_what_the_score_may_be_used_for(quality_site: Site, verdict: str, wanted: str) -> None:
    found = judged(quality_site, verdict, 0.88)
    said = _quality_words.answer(voice("en", found), quality.quality(finder(found)))
    assert wanted in said[0]
    assert any("4.1 points apart" in sentence for sentence in said)
    assert any("between −2.0 and +2.0 points" in sentence for sentence in said)


def test_a_score_that_is_not_fit_but_counts_in_tiers_is_named(quality_site: Site) -> None:
    anchor = Anchor("*", "qa_score", 0.2, 78.0, 85.0, 92.0, "value", "standard", "default", "default", date(2024, 1, 1))
    counts = changed(quality_site, "tiers", anchors=(anchor,))
    scored = replace(quality_site.kpis[0], kpi_id="qa_score", source_table="evaluations", family="mean")
    counts = replace(counts, kpis=(*quality_site.kpis, scored))
    for verdict, wanted in (("fit_for_tiers", False), ("not_used", True)):
        found = judged(counts, verdict, 0.6)
        said = " ".join(_quality_words.answer(voice("en", found), quality.quality(finder(found))))
        assert ("has a weight in tiers all the same" in said) is wanted


def test_without_calibration_the_page_says_how_to_find_out(quality_site: Site) -> None:
    found = changed(quality_site, calibrations={})
    page = quality.quality(finder(found))
    assert "nobody can say yet" in _quality_words.answer(voice("en", found), page)[0]
    assert "the same 20 contacts" in _quality_rules.calibrate(voice("en", found), page.rules)


def test_the_score_comes_first_and_critical_errors_last(quality_site: Site) -> None:
    measures = [found.measure for _, found in quality.quality(finder(quality_site)).forms[0].measures]
    assert measures == ["score", "adaptability", "critical_error"]


def test_too_few_pairs_are_said_and_not_drawn(quality_site: Site) -> None:
    page = quality.quality(finder(quality_site))
    assert [found.comparison for found in page.kinds] == ["test_call", "third_party"]
    assert [drawing.found.comparison for drawing in page.agreed] == ["test_call"]
    caption = captions.caption(voice("en", quality_site), page.agreed[0], "the whole centre")
    assert "between −10.8 and +8.8 points" in caption.reading and len(caption.rows) == 24


# ---------- critical errors, the quarter
def test_the_formula_of_critical_errors_is_filled_in_with_the_marts_numbers(quality_site: Site) -> None:
    cost = quality.quality(finder(quality_site)).cost
    assert cost is not None and cost.window_kind == "quarter"
    text = _quality_words.filled(voice("en", quality_site), cost, cost.form_sd_points, cost.forms_needed)
    assert text == "0.70 ÷ (1 − 0.70) × 8.10² ÷ 3.60² = 12"
    said = " ".join(_quality_words.zeros(voice("en", quality_site), replace(cost, forms_needed=None)))
    assert "People do not differ measurably" in said


def test_pages_speak_of_the_newest_quarter_and_never_of_a_preview() -> None:
    spring, summer = ("quarter", date(2024, 4, 1)), ("quarter", date(2024, 7, 1))
    assert _quality_book.newest([spring, ("preview", date(2024, 9, 1)), summer]) == summer
    assert _quality_book.newest([("all", date(2024, 2, 9)), ("preview", date(2024, 3, 1))]) == ("all", date(2024, 2, 9))
    assert _quality_book.newest([]) is None
