"""Effects of coaching and courses: what may be said, what is held back, and nothing about anybody by name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, cast

import pytest

from pipelines import words as languages
from pipelines.figures import figures
from pipelines.marts import AgentChange, EffectDecay, EffectShare, Programme, ProgrammeEffect, Rule
from pipelines.site import captions, model, pages, templates
from pipelines.site.areas import effects, tiers
from pipelines.site.areas._effect_answer import answer, example
from pipelines.site.areas._effect_drawings import Comparison
from pipelines.site.areas._effect_figures import gains, size
from pipelines.site.areas._effect_person import beyond, sentence
from pipelines.site.areas._effect_shares import lines
from pipelines.site.areas._effect_words import about, between, lasting, people, verdict
from pipelines.site.contexts import OneAgent
from pipelines.site.fragments import Voice
from pipelines.site.model import Site
from pipelines.site.selection import Selection
from tests.unit import fake_marts

APRIL, MAY = date(2024, 4, 1), date(2024, 5, 1)
REASONS = ("too_early", "no_earlier_baseline", "too_few_treated", "too_few_control", "too_small_to_see")

Build = Callable[[fake_marts.Rows], Site]


def effect(programme_id: str, kpi_id: str = "answer_rate", **changes: Any) -> ProgrammeEffect:
    """A comparison large enough to have seen a gain, without one."""
    base = ProgrammeEffect(
        programme_kind="coaching", programme_id=programme_id, name_en=programme_id.title(),
        name_zh=f"项目{programme_id}", kpi_id=kpi_id, outcome_level="goal", first_start_month=APRIL,
        last_start_month=APRIL, people=40, n_treated=36, n_control=120, months_after=3, before_after_gain=0.052,
        before_after_error=0.01, before_after_claims=True,
        selection_did_gain=0.05, selection_did_error=0.012, selection_did_claims=True, selection_gap=0.061,
        baseline_correlation=0.4, expected_regression_gain=0.0366, skip_did_gain=0.003, skip_did_error=0.009,
        ancova_gain=-0.002, ancova_error=0.008, gain_low=-0.002, gain_high=0.003, mean_z=0.04, p_value=0.48, bh_q=0.6,
        minimum_detectable_gain=0.021, worthwhile_gain=0.03, is_assessable=True, is_measurable_gain=False,
        is_counted_gain=False, verdict="no_measurable_gain", reason="none",
    )  # fmt: skip
    return replace(base, **changes)


GAIN: dict[str, Any] = {"is_measurable_gain": True, "verdict": "measurable_gain", "gain_low": 0.041, "gain_high": 0.048}
COUNTED = GAIN | {"is_counted_gain": True}
SMALL = GAIN | {"is_assessable": False, "bh_q": None}
UNKNOWN: dict[str, Any] = {"is_assessable": False, "verdict": "cannot_tell", "bh_q": None}


def programme(programme_id: str, kind: str = "coaching", **changes: Any) -> Programme:
    base = Programme(
        programme_kind=kind, programme_id=programme_id, name_en=programme_id.title(), name_zh=f"项目{programme_id}",
        stage=None, course_type=None, trainer_source=None, first_day=APRIL, last_day=MAY, sessions=9, people=40,
        outcomes=1, tests=0, mean_test_points=None, reactions=0, mean_reaction_points=None,
    )  # fmt: skip
    return replace(base, **changes)


def share(kind: str, level: str, **changes: Any) -> EffectShare:
    base = EffectShare(
        programme_kind=kind, outcome_level=level, programmes=10, assessable=8, not_assessable=2, gains=1,
        gains_not_assessable=0, before_after_claims=3, gain_share=0.125, gain_share_low=0.028, gain_share_high=0.411,
        expected_by_chance=0.4, optimistic_share=0.25,
    )  # fmt: skip
    return replace(base, **changes)


def month(programme_id: str, number: int, low: float, high: float) -> EffectDecay:
    return EffectDecay("coaching", programme_id, "answer_rate", number, 30 * number - 29, 30 * number, 30, 90,
                       (low + high) / 2, low, high)  # fmt: skip


def change(agent_id: str, coached: date, finding: str = "as_expected", kpi_id: str = "answer_rate") -> AgentChange:
    return AgentChange(agent_id, kpi_id, coached, 1, 3, 40, 0.62, 0.69, 0.676, 0.07, 0.056, 0.014, 0.0367, 0.37, 0.646,
                       finding)  # fmt: skip


def rows() -> fake_marts.Rows:
    """Two coaching programmes, one of them small; two courses, one of them never held for enough people."""
    found = fake_marts.centre()
    course: dict[str, Any] = {"programme_kind": "course", "outcome_level": "behaviour"}
    found[Programme] = [
        programme("works"),
        programme("quiet"),
        programme("aimless", outcomes=0),
        programme("c1", "course", tests=30, mean_test_points=81.4, reactions=30, mean_reaction_points=4.7,
                  stage="foundation", course_type="skill", trainer_source="external"),
        programme("c2", "course", people=4, tests=4, mean_test_points=99.9, reactions=4, mean_reaction_points=1.1),
    ]  # fmt: skip
    found[ProgrammeEffect] = [
        effect("quiet"),
        effect("works", **COUNTED),
        effect("c1", "csat_mean", before_after_claims=False, **course),
        effect("c2", "csat_mean", people=4, n_treated=3, gain_low=0.777, gain_high=0.888, before_after_gain=0.999,
               reason="too_few_treated", **UNKNOWN, **course),
    ]  # fmt: skip
    found[EffectDecay] = [month("works", 1, 0.02, 0.06), month("works", 2, -0.01, 0.05), month("quiet", 1, -0.02, 0.02)]
    found[EffectShare] = [share("course", "behaviour"), share("coaching", "goal", assessable=0, gain_share=None)]
    found[AgentChange] = [
        change("A0", APRIL),
        change("A0", MAY, "below_expectation"),
        change("A0", MAY, "above_expectation", "csat_mean"),
    ]
    return found


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    def from_rows(found: fake_marts.Rows) -> Site:
        folder = fake_marts.write(tmp_path_factory.mktemp("marts"), found)
        books = {"tiers": tiers.load(folder), "effects": effects.load(folder)}
        return replace(model.load(folder), books=books)

    return from_rows


@pytest.fixture(scope="module")
def site(build: Build) -> Site:
    return build(rows())


def voice(site: Site, language: str = "en") -> Voice:
    said = languages.load(templates.TEMPLATES / "words", language)
    return Voice(said, figures(language), {kpi.kpi_id: kpi for kpi in site.kpis})


def finder(site: Site) -> Selection:
    return Selection(site, "../")


def html(site: Site, kind: str, context: Any, language: str = "en") -> str:
    drawn = tuple(pages._drawings(context))
    page = pages.Page(kind, language, "", "", "", (), "", context, voice(site, language))
    return str(page.content({drawing.request.digest: "<svg></svg>" for drawing in drawn}))


def comparison(found: ProgrammeEffect, *months: EffectDecay) -> Comparison:
    return Comparison(found, effects._name(found), is_hidden=False, months=months)


# ---------- what the page opens with
def test_the_answer_names_the_gains_counts_the_rest_and_sets_the_share_beside_chance(site: Site) -> None:
    said = answer(voice(site), effects.effects(finder(site)))
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


# ---------- what may be said of one comparison
def test_every_reason_for_not_telling_has_its_own_words(site: Site) -> None:
    for language, start in (("en", "cannot tell: "), ("zh", "看不出来：")):
        said = {verdict(voice(site, language), effect("x", reason=reason, **UNKNOWN)) for reason in REASONS}
        assert len(said) == len(REASONS)
        assert all(text.startswith(start) for text in said)


def test_a_measured_gain_says_why_it_is_not_counted(site: Site) -> None:
    say = voice(site)
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


def test_both_estimates_stand_as_a_range(site: Site) -> None:
    assert between(voice(site), comparison(effect("x", **GAIN))) == "+4.1 and +4.8"
    assert between(voice(site), comparison(effect("x", gain_low=None, gain_high=None))) == "–"


def test_numbers_of_very_few_people_are_nowhere_on_the_page(site: Site) -> None:
    context = effects.effects(finder(site))
    few = next(row for row in context.comparisons if row.effect.programme_id == "c2")
    assert few.is_hidden
    for language in ("en", "zh"):
        page = html(site, "effects", context, language)
        for number in ("0.78", "0.89", "1.00", "99.9", "1.1<", "1.1 ("):
            assert number not in page, number
    assert "fewer than 5" in html(site, "effects", context)
    assert all(row.effect.programme_id != "c2" for drawing in pages._drawings(context) for row in drawing.rows)  # type: ignore[attr-defined]


def test_a_count_of_people_says_of_how_many_unless_that_tells_too_much(site: Site) -> None:
    fewest = Rule("group_min_people", 5.0, "people", APRIL, "default")
    say = voice(site)
    assert [people(say, 12, fewest, 13), people(say, 0, fewest, 13), people(say, 0, fewest, 3)] == [
        "12 of 13",
        "0 of 13",
        "0",
    ]
    assert people(say, 4, fewest, 13) == "fewer than 5"


# ---------- pictures
def test_the_picture_holds_each_estimate_the_naive_claim_and_what_could_be_seen(site: Site) -> None:
    (block, ranges, decay), *_ = effects.effects(finder(site)).blocks
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
def test_every_picture_has_its_words_and_its_data_as_a_table(site: Site, language: str) -> None:
    say = voice(site, language)
    for _, ranges, decay in effects.effects(finder(site)).blocks:
        for drawing in filter(None, (ranges, decay)):
            caption = captions.caption(say, drawing, "…")
            assert len(caption.key) == len(drawing.key)
            assert caption.rows
            assert {len(row) for row in caption.rows} == {len(caption.headers)}


# ---------- before and after, lasting, courses, shares
def test_the_example_shows_how_much_of_before_and_after_came_by_itself(site: Site) -> None:
    context = effects.effects(finder(site))
    first, second = example(voice(site), context)
    for part in ("For example Works", "6.1 percentage points behind everybody", "40% of such differences last",
                 "So 3.7 of what followed", "Before and after says +5.2", "between +4.1 and +4.8"):  # fmt: skip
        assert part in first
    assert second == "Before and after alone would have called 3 of 4 comparisons a gain; 1 of these are measurable."


def test_whether_a_gain_lasts_is_said_from_its_last_month(site: Site) -> None:
    say, found = voice(site), effect("works", **COUNTED)
    steady = (month("works", 1, 0.01, 0.05), month("works", 3, 0.01, 0.05))
    faded = (month("works", 1, 0.01, 0.05), month("works", 3, -0.01, 0.05))
    unclear = (month("works", 1, -0.01, 0.05),)
    assert "still there after 90 days" in lasting(say, comparison(found, *steady))
    assert "can no longer be told from nothing" in lasting(say, comparison(found, *faded))
    assert "too uncertain" in lasting(say, comparison(found, *unclear))


def test_learning_behaviour_and_result_stand_apart_and_the_rating_is_called_what_it_is(site: Site) -> None:
    page = re.sub(r"<[^>]+>", " ", html(site, "effects", effects.effects(finder(site))))
    assert "81.4 (sheets: 30)" in page
    assert "4.7 (sheets: 30)" in page
    assert "nothing is concluded from it" in page
    assert "foundation · skill · trainer from outside" in page


def test_a_stage_nobody_knows_is_shown_as_delivered(site: Site) -> None:
    assert about(voice(site), "Level 3", None, "internal") == "Level 3 · own trainer"


def test_the_share_stands_beside_chance_and_an_optimistic_guess_never_lies_below_it(site: Site) -> None:
    shares = [share("course", "behaviour"), share("course", "result", optimistic_share=0.05)]
    table = dict(lines(voice(site), shares))
    assert table["Share of those that can be assessed"] == ["12.5%", "12.5%"]
    assert table["Likely range (90%)"] == ["2.8% to 41.1%", "2.8% to 41.1%"]
    assert table["Gains that chance alone would give if no programme did anything"] == ["0.4", "0.4"]
    assert ["25.0%", "too few to guess"] in table.values()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_names_nobody_and_no_share_without_a_source(site: Site, language: str) -> None:
    page = html(site, "effects", effects.effects(finder(site)), language)
    names = [name for pair in fake_marts.AGENTS.values() for name in pair]
    assert not [name for name in names if name in page]
    assert not re.search(r"8\s*(–|-|～|to|至)\s*12\s*%", page)


def test_the_page_prints_every_rule_with_its_owner(site: Site) -> None:
    page = html(site, "effects", effects.effects(finder(site)))
    for text in ("1.645", "80%", "10%", "starting value of this product", "../method/effects.html"):
        assert text in page


# ---------- sections
def test_a_measure_lists_the_programmes_that_aimed_at_it_and_others_have_no_section(site: Site) -> None:
    by_id = {kpi.kpi_id: kpi for kpi in site.kpis}
    part = effects.on_kpi(finder(site), by_id["answer_rate"])
    assert part is not None
    assert [row.effect.programme_id for row in part.comparisons] == ["works", "quiet"]
    assert effects.on_kpi(finder(site), by_id["abandon_rate"]) is None


def test_a_person_sees_the_latest_talk_first_and_in_it_what_went_well(site: Site) -> None:
    first, other = site.agents[0], site.agents[1]
    part = effects.on_agent(finder(site), first)
    assert part is not None
    assert [found.coaching_month for found, _ in part.changes] == [MAY, MAY, APRIL]
    assert [found.finding for found in part.latest] == ["above_expectation", "below_expectation"]
    assert effects.on_agent(finder(site), other) is None


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("finding", ["above_expectation", "as_expected", "below_expectation"])
def test_a_persons_change_is_told_beside_what_was_to_be_expected_and_never_as_a_verdict(
    site: Site, finding: str, language: str
) -> None:
    say = voice(site, language)
    said = sentence(say, change("A0", MAY, finding))
    assert "69.0%" in said
    assert "67.6%" in said
    assert not re.search(r"\b(bad|poor|worst|fail\w*|weak)\b|差劲|最差|失败|不合格", said)


def test_what_goes_beyond_the_expectation_stands_with_its_error(site: Site) -> None:
    assert beyond(voice(site), change("A0", MAY)) == "+1.4 percentage points (standard error 3.7)"


def test_the_section_of_a_person_reads_in_both_languages(site: Site) -> None:
    found = finder(site).agent(site.agents[0])
    assert isinstance(found, OneAgent)
    assert "After coaching" in html(site, "agent", found)
    assert "辅导之后" in html(site, "agent", found, "zh")
