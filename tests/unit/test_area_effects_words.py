"""Effects of coaching and courses: sentences on a comparison, a programme, a share, a person. Not whole pages."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from pipelines.figures import figures
from pipelines.marts import Rule
from pipelines.site.areas import effects
from pipelines.site.areas._effect_answer import example
from pipelines.site.areas._effect_figures import gains, size
from pipelines.site.areas._effect_person import beyond, sentence
from pipelines.site.areas._effect_shares import lines
from pipelines.site.areas._effect_words import about, between, lasting, people, verdict
from pipelines.site.model import Site
from tests.unit import fake_marts
from tests.unit.effects_centre import (
    APRIL,
    COUNTED,
    GAIN,
    MAY,
    SMALL,
    UNKNOWN,
    change,
    comparison,
    effect,
    finder,
    month,
    share,
    voice,
)

REASONS = ("too_early", "no_earlier_baseline", "too_few_treated", "too_few_control", "too_small_to_see")


# ---------- what may be said of one comparison
def test_every_reason_for_not_telling_has_its_own_words(effects_site: Site) -> None:
    for language, start in (("en", "cannot tell ("), ("zh", "看不出来（")):
        said = {verdict(voice(effects_site, language), effect("x", reason=reason, **UNKNOWN)) for reason in REASONS}
        assert len(said) == len(REASONS)
        assert all(text.startswith(start) for text in said)


def test_a_measured_gain_says_why_it_is_not_counted(effects_site: Site) -> None:
    say = voice(effects_site)
    assert verdict(say, effect("x", **COUNTED)) == "measurable gain"
    assert "by chance" in verdict(say, effect("x", **GAIN))
    assert "small comparison" in verdict(say, effect("x", **SMALL))


@pytest.mark.parametrize(
    ("kpi_id", "unit", "x", "plain", "bare"),
    [
        ("answer_rate", "share", 0.0213, "+2.1", "2.1"),
        ("answer_rate", "per_thousand", -0.00214, "−2.14", "−2.14"),
        ("average_talk_time", "seconds", 12.34, "+12.3", "12.3"),
        ("csat_mean", "points", 2.082, "+2.08", "2.08"),
    ],
)
def test_a_gain_is_written_on_the_scale_that_its_heading_names(
    kpi_id: str, unit: str, x: float, plain: str, bare: str
) -> None:
    kpi = replace(next(kpi for kpi in fake_marts.KPIS if kpi.kpi_id == kpi_id), unit=unit)
    assert gains(figures("en"), kpi, (x, None)) == [plain, "–"]
    assert size(figures("en"), kpi, x) == bare


def test_both_estimates_stand_as_a_range(effects_site: Site) -> None:
    assert between(voice(effects_site), comparison(effect("x", **GAIN))) == "+4.1 and +4.8"
    assert between(voice(effects_site), comparison(effect("x", gain_low=None, gain_high=None))) == "–"


def test_a_count_of_people_says_of_how_many_unless_that_tells_too_much(effects_site: Site) -> None:
    fewest = Rule("group_min_people", 5.0, "people", APRIL, "default")
    say = voice(effects_site)
    assert [people(say, 12, fewest, 13), people(say, 0, fewest, 13), people(say, 0, fewest, 3)] == [
        "12 of 13",
        "0 of 13",
        "0",
    ]
    assert people(say, 4, fewest, 13) == "fewer than 5"


# ---------- before and after, lasting, courses, shares
def test_the_example_shows_how_much_of_before_and_after_came_by_itself(effects_site: Site) -> None:
    context = effects.effects(finder(effects_site))
    first, second = example(voice(effects_site), context)
    for part in ("For example Works", "6.1 percentage points behind everybody", "40% of such differences last",
                 "So 3.7 of what followed", "Before and after says +5.2", "between +4.1 and +4.8"):  # fmt: skip
        assert part in first
    assert second == "Before and after alone would have called 3 of 4 comparisons a gain; 1 of these are measurable."


def test_whether_a_gain_lasts_is_said_from_its_last_month(effects_site: Site) -> None:
    say, found = voice(effects_site), effect("works", **COUNTED)
    steady = (month("works", 1, 0.01, 0.05), month("works", 3, 0.01, 0.05))
    faded = (month("works", 1, 0.01, 0.05), month("works", 3, -0.01, 0.05))
    unclear = (month("works", 1, -0.01, 0.05),)
    assert "still there after 90 days" in lasting(say, comparison(found, *steady))
    assert "can no longer be told from nothing" in lasting(say, comparison(found, *faded))
    assert "too uncertain" in lasting(say, comparison(found, *unclear))


def test_a_stage_nobody_knows_is_shown_as_delivered(effects_site: Site) -> None:
    assert about(voice(effects_site), "Level 3", None, "internal") == "Level 3 · own trainer"


def test_the_share_stands_beside_chance_and_an_optimistic_guess_never_lies_below_it(effects_site: Site) -> None:
    shares = [share("course", "behaviour"), share("course", "result", optimistic_share=0.05)]
    table = dict(lines(voice(effects_site), shares))
    assert table["Share of those that can be assessed"] == ["12.5%", "12.5%"]
    assert table["Likely range (90%)"] == ["2.8% to 41.1%", "2.8% to 41.1%"]
    assert table["Gains that chance alone would give if no programme did anything"] == ["0.4", "0.4"]
    assert ["25.0%", "too few to guess"] in table.values()


# ---------- people
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("finding", ["above_expectation", "as_expected", "below_expectation"])
def test_a_persons_change_is_told_beside_what_was_to_be_expected_and_never_as_a_verdict(
    effects_site: Site, finding: str, language: str
) -> None:
    say = voice(effects_site, language)
    said = sentence(say, change("A0", MAY, finding))
    assert "69.0%" in said
    assert "67.6%" in said
    assert not re.search(r"\b(bad|poor|worst|fail\w*|weak)\b|差劲|最差|失败|不合格", said)


def test_what_goes_beyond_the_expectation_stands_with_its_error(effects_site: Site) -> None:
    assert beyond(voice(effects_site), change("A0", MAY)) == "+1.4 percentage points (standard error 3.7)"
