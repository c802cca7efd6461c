"""System or person: gaps and changes taken apart in sentences and pictures. Whole pages: test_area_systemic."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipelines import words
from pipelines.figures import figures
from pipelines.marts import Period, Systemic
from pipelines.site import areas, pages, templates
from pipelines.site.areas import _systemic_gap, _systemic_mix, _systemic_terms
from pipelines.site.areas._systemic_contexts import Mix
from pipelines.site.fragments import Voice
from pipelines.site.model import Site
from pipelines.site.parts import Column
from tests.unit import fake_marts
from tests.unit.systemic_centre import centre, own, shift, verdict, with_book


def voice(site: Site, language: str = "en") -> Voice:
    return Voice(
        words.load(templates.TEMPLATES / "words", language), figures(language), {kpi.kpi_id: kpi for kpi in site.kpis}
    )


# ---------- sentences
GAPS: list[tuple[tuple[float, float, float], str]] = [
    ((-0.05, -0.01, -0.01), "5.0 of the 7.0 percentage points are shared by the whole centre, 1.0 by the team; 1.0"),
    ((-0.05, 0.0, -0.02), "5.0 of the 7.0 percentage points are shared by the whole centre, 2.0 are"),
    ((-0.05, 0.0, 0.0), "All of it is shared by the whole centre."),
    ((0.0, 0.0, -0.03), "The centre is at its target"),
    ((-0.09, 0.03, -0.01), "to the centre −9.0, from the centre to the team +3.0, from the team to the person −1.0"),
    ((0.02, 0.0, -0.09), "to the centre +2.0, from there to the person −9.0"),
]


@pytest.mark.parametrize(("parts", "said"), GAPS)
def test_five_of_seven_points_are_shared_by_the_whole_centre(
    systemic_site: Site, parts: tuple[float, float, float], said: str
) -> None:
    assert said in _systemic_gap.steps(voice(systemic_site), own("A0", "answer_rate", parts), has_team=True)


def test_the_chinese_sentence_counts_the_same_points(systemic_site: Site) -> None:
    said = _systemic_gap.steps(
        voice(systemic_site, "zh"), own("A0", "answer_rate", (-0.05, -0.01, -0.01)), has_team=True
    )
    assert said == "7.0 个百分点中，5.0 是整个中心共有的，1.0 是班组共有的，1.0 是本人的。"


def test_without_a_team_nothing_is_said_of_one(systemic_site: Site) -> None:
    row = own("A0", "answer_rate", (-0.05, -0.01, -0.01))
    assert "team" not in _systemic_gap.steps(voice(systemic_site), row, has_team=False)
    assert _systemic_gap.person(voice(systemic_site), Column("answer_rate", "x"), row, has_team=False)


@pytest.mark.parametrize(
    ("kpi_id", "mix", "performance", "said"),
    [
        ("average_talk_time", 30.0, -8.0, "The same work got faster, while more of the work was of the slow kind."),
        ("average_talk_time", -30.0, 8.0, "The same work got slower, while more of the work was of the quick kind."),
        ("answer_rate", -0.05, 0.02, "The same work was done better, while the work got harder."),
        ("abandon_rate", 0.05, -0.02, "The same work was done better, while the work got harder."),
        ("abandon_rate", -0.05, 0.02, "The same work was done less well, while the work got easier."),
        ("answer_rate", 0.0, 0.02, "The work stayed the same; the change came with how it was done."),
        ("answer_rate", 0.03, 0.0, "The same work was done as before; the change came with the work."),
        ("answer_rate", 0.0001, 0.0, "Neither the work nor how it was done changed visibly."),
        ("answer_rate", 0.03, 0.02, "Both moved the same way, and the larger part came with the work."),
    ],
)
def test_what_came_with_the_work_is_not_laid_on_those_who_do_it(
    systemic_site: Site, kpi_id: str, mix: float, performance: float, said: str
) -> None:
    found = shift(kpi_id, mix, performance)
    assert _systemic_mix.sentences(voice(systemic_site), Mix(found, True, ()))[1] == said


def test_no_probability_is_ever_certain(systemic_site: Site) -> None:
    say = voice(systemic_site)
    assert [_systemic_terms.sure(say, p) for p in (1.0, 0.0, 0.9)] == ["above 99.9%", "below 0.1%", "90.0%"]
    assert [_systemic_terms.people(say, x) for x in (1.0, 0.0, 0.4)] == ["nearly all", "hardly any", "40%"]


# ---------- pictures and marts
def charts(site: Site, language: str) -> Iterator[tuple[str, str]]:
    for page in pages.pages(site, language):
        yield from ((page.path, chart.digest) for chart in page.charts)


def page_charts(site: Site, kind: str) -> dict[str, Any]:
    return {chart.chart: chart.data for page in pages.pages(site, "en") if page.kind == kind for chart in page.charts}


def test_the_pictures_are_drawn_from_documented_data_and_shared_by_both_languages(systemic_site: Site) -> None:
    asked = {chart.chart: chart for page in pages.pages(systemic_site, "en") for chart in page.charts}
    assert asked["gap_parts"].specification()
    assert asked["mix_split"].specification()
    assert set(charts(systemic_site, "en")) == set(charts(systemic_site, "zh"))


def test_a_teams_steps_come_from_a_member_with_the_same_target(systemic_site: Site) -> None:
    assert page_charts(systemic_site, "team")["gap_parts"]["rows"][0]["parts"][0]["value"] == -0.5
    others = {
        agent: tuple(replace(row, target=0.9) for row in rows)
        for agent, rows in systemic_site.books["systemic"].of_agent.items()  # type: ignore[attr-defined]
    }
    assert "gap_parts" not in page_charts(with_book(systemic_site, of_agent=others), "team")


def test_without_a_complete_quarter_the_whole_period_speaks(tmp_path: Path) -> None:
    rows = centre()
    rows[Period] = [replace(row, is_latest_complete=row.period_kind == "all") for row in rows[Period]]
    rows[Systemic] = [replace(verdict("answer_rate", "common_cause"), window_kind="all")]
    book = areas.modules()["systemic"].load(fake_marts.write(tmp_path, rows))
    assert book.window.period_kind == "all"
    assert set(book.centre) == {"answer_rate"}
