"""Effects of coaching and courses: what pages, sections and pictures show. Sentences: test_area_effects_words."""

from __future__ import annotations

import re
from typing import Any, cast

import pytest

from pipelines.marts import EffectDecay, EffectShare, ProgrammeEffect
from pipelines.site import captions, pages
from pipelines.site.areas import effects
from pipelines.site.areas._effect_answer import answer
from pipelines.site.contexts import OneAgent
from pipelines.site.model import Site
from tests.unit import fake_marts
from tests.unit.effects_centre import (
    APRIL,
    COUNTED,
    GAIN,
    MAY,
    SMALL,
    UNKNOWN,
    effect,
    finder,
    html,
    rows,
    site_of,
    voice,
)
from tests.unit.site_pages import Build


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return lambda found: site_of(tmp_path_factory.mktemp("marts"), found)


# ---------- what the page opens with
def test_the_answer_names_the_gains_counts_the_rest_and_sets_the_share_beside_chance(effects_site: Site) -> None:
    said = answer(voice(effects_site), effects.effects(finder(effects_site)))
    assert said == [
        "A measurable gain: Works in Answer rate.",
        "In 2 of 4 comparisons there was no measurable gain, although one worth having would have been seen; in 1 "
        "nobody can tell.",
        "Counted gains among those large enough to be assessed: courses by behaviour at work 1 of 8 (12%, likely 3% to "
        "41%, by chance alone about 0.4).",
    ]


def test_a_gain_that_chance_or_size_may_have_made_is_said_apart(build: Build) -> None:
    found = rows()
    found[ProgrammeEffect] = [effect("works", **COUNTED), effect("small", **SMALL), effect("many", **GAIN)]
    site = build(found)
    first = answer(voice(site), effects.effects(finder(site)))[0]
    counted, _, unsure = first.partition(";")
    assert counted == "A measurable gain: Works in Answer rate"
    assert "not certain enough to be counted: Many in Answer rate and Small in Answer rate" in unsure


def test_where_nothing_was_found_the_page_says_so_and_does_not_call_a_programme_useless(build: Build) -> None:
    found = rows()
    found[ProgrammeEffect] = [effect("few", reason="too_few_treated", **UNKNOWN)]
    site = build(found)
    said = " ".join(answer(voice(site), effects.effects(finder(site))))
    assert "No programme shows a measurable gain." in said
    assert "which is not the same as no effect" in said


@pytest.mark.parametrize("language", ["en", "zh"])
def test_without_any_programme_the_page_is_a_plain_sentence(build: Build, language: str) -> None:
    site = build(fake_marts.centre())
    page = html(site, "effects", effects.effects(finder(site)), language)
    assert {"en": "so there is no effect to speak of", "zh": "因此谈不上效果"}[language] in page
    assert "<table" not in page


def test_programmes_without_a_delivered_measure_are_listed_and_nothing_is_concluded(build: Build) -> None:
    found = rows()
    found[ProgrammeEffect], found[EffectShare], found[EffectDecay] = [], [], []
    site = build(found)
    page = html(site, "effects", effects.effects(finder(site)))
    assert "Nothing can be said about effects yet" in page
    assert "so nothing is said about them: Aimless." in page


# ---------- what the page shows and what it holds back
def test_numbers_of_very_few_people_are_nowhere_on_the_page(effects_site: Site) -> None:
    context = effects.effects(finder(effects_site))
    few = next(row for row in context.comparisons if row.effect.programme_id == "c2")
    assert few.is_hidden
    for language in ("en", "zh"):
        page = html(effects_site, "effects", context, language)
        for number in ("0.78", "0.89", "1.00", "99.9", "1.1<", "1.1 ("):
            assert number not in page, number
    assert "fewer than 5" in html(effects_site, "effects", context)
    assert all(row.effect.programme_id != "c2" for drawing in pages._drawings(context) for row in drawing.rows)  # type: ignore[attr-defined]


def test_learning_behaviour_and_result_stand_apart_and_the_rating_is_called_what_it_is(effects_site: Site) -> None:
    page = re.sub(r"<[^>]+>", " ", html(effects_site, "effects", effects.effects(finder(effects_site))))
    assert "81.4 (sheets: 30)" in page
    assert "4.7 (sheets: 30)" in page
    assert "nothing is concluded from it" in page
    assert "foundation · skill · trainer from outside" in page


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_names_nobody_and_no_share_without_a_source(effects_site: Site, language: str) -> None:
    page = html(effects_site, "effects", effects.effects(finder(effects_site)), language)
    names = [name for pair in fake_marts.AGENTS.values() for name in pair]
    assert not [name for name in names if name in page]
    assert not re.search(r"8\s*(–|-|～|to|至)\s*12\s*%", page)


def test_the_page_prints_every_rule_with_its_owner(effects_site: Site) -> None:
    page = html(effects_site, "effects", effects.effects(finder(effects_site)))
    for text in ("1.645", "80%", "10%", "starting value of this product", "../method/effects.html"):
        assert text in page


# ---------- pictures
def test_the_picture_holds_each_estimate_the_naive_claim_and_what_could_be_seen(effects_site: Site) -> None:
    (block, ranges, decay), *_ = effects.effects(finder(effects_site)).blocks
    assert [row.effect.programme_id for row in block.comparisons] == ["works", "quiet"]
    assert ranges is not None
    first, second = cast("list[dict[str, Any]]", ranges.request.data["rows"])
    assert first == {"label": "Works 项目works", "text": "+4.1 … +4.8", "low": 0.041, "high": 0.048, "naive": 0.052,
                     "detectable": 0.021, "finding": "measurable"}  # fmt: skip
    assert second["finding"] == "not_measurable"
    assert ranges.key == ("effect_measurable", "effect_not_measurable", "naive", "detectable")
    assert decay is not None
    (followed,) = cast("list[dict[str, Any]]", decay.request.data["programmes"])
    assert [point["days"] for point in followed["points"]] == [30, 60]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_picture_has_its_words_and_its_data_as_a_table(effects_site: Site, language: str) -> None:
    say = voice(effects_site, language)
    for _, ranges, decay in effects.effects(finder(effects_site)).blocks:
        for drawing in filter(None, (ranges, decay)):
            caption = captions.caption(say, drawing, "…")
            assert len(caption.key) == len(drawing.key)
            assert caption.rows
            assert {len(row) for row in caption.rows} == {len(caption.headers)}


# ---------- sections
def test_a_measure_lists_the_programmes_that_aimed_at_it_and_others_have_no_section(effects_site: Site) -> None:
    by_id = {kpi.kpi_id: kpi for kpi in effects_site.kpis}
    part = effects.on_kpi(finder(effects_site), by_id["answer_rate"])
    assert part is not None
    assert [row.effect.programme_id for row in part.comparisons] == ["works", "quiet"]
    assert effects.on_kpi(finder(effects_site), by_id["abandon_rate"]) is None


def test_a_person_sees_the_latest_talk_first_and_in_it_what_went_well(effects_site: Site) -> None:
    first, other = effects_site.agents[0], effects_site.agents[1]
    part = effects.on_agent(finder(effects_site), first)
    assert part is not None
    assert [found.coaching_month for found, _ in part.changes] == [MAY, MAY, APRIL]
    assert [found.finding for found in part.latest] == ["above_expectation", "below_expectation"]
    assert effects.on_agent(finder(effects_site), other) is None


def test_the_section_of_a_person_reads_in_both_languages(effects_site: Site) -> None:
    found = finder(effects_site).agent(effects_site.agents[0])
    assert isinstance(found, OneAgent)
    assert "After coaching" in html(effects_site, "agent", found)
    assert "辅导之后" in html(effects_site, "agent", found, "zh")
