from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

import pytest

from pipelines import words
from pipelines.figures import figures
from pipelines.marts import (
    Agreement,
    AgreementPoint,
    Anchor,
    Calibration,
    CriticalErrorCost,
    Grader,
    QaCoverage,
    QaItem,
    QaSamplingPlan,
    SkillDimension,
    SkillProfile,
)
from pipelines.site import areas, captions, model, pages, templates
from pipelines.site.areas import _quality_book, _quality_people_words, _quality_rules, _quality_words, quality
from pipelines.site.finder import Finder
from pipelines.site.fragments import Voice
from pipelines.site.model import Site
from tests.unit import fake_marts

Build = Callable[[fake_marts.Rows], Site]
QUARTER = ("quarter", fake_marts.FIRST)
NAMES = ("Ines Elder", "Bo Alder", "Karl Fir", "Dora Birch", "Hugo Cedar")
STANDINGS = ("like_others", "more_lenient", "stricter", "not_enough_evidence", "like_others")
SKILLS = {
    "language": "strength",
    "knowledge": "to_develop",
    "adaptability": "to_develop",
    "service_skill": "like_centre",
}


def calibration(measure: str, verdict: str, agreement: float | None) -> Calibration:
    is_score = measure == "score"
    return Calibration(
        "Form <A>", measure, 48, 5, 240, 48, 5, agreement, agreement, agreement, agreement, None, agreement,
        agreement and agreement - 0.05, agreement and agreement + 0.05, 4.1 if is_score else None, verdict,
    )  # fmt: skip


def grader(name: str, standing: str, leniency: float) -> Grader:
    return Grader(
        name, QUARTER[1], QUARTER[1], date(2024, 3, 31), 200, 6, 40, 3, 0.9, 0.05, 0.05, 83.0, 150.0, "judged",
        leniency, leniency - 0.5, leniency + 0.5, 0.9, standing,
    )  # fmt: skip


def coverage(agent_id: str, team_id: str, forms: int) -> QaCoverage:
    return QaCoverage(*QUARTER, agent_id, team_id, forms, 1, 1, forms, 200, forms / 200, 1.8, 1.6, 0.8, 3)


def plan(agent_id: str, team_id: str, suggested: int, reason: str) -> QaSamplingPlan:
    return QaSamplingPlan(agent_id, team_id, *QUARTER, 20, 0.1, 0.2, 0.3, 0.5, suggested, 1.6, 1.1, reason, 120)


def item(grain: str, entity_id: str, name: str, misses: int, running: float, position: int) -> QaItem:
    return QaItem(
        *QUARTER, grain, entity_id, "item", "language", name, False, position, 100, misses, misses / 100, 0.01, 0.4,
        0.2, running,
    )  # fmt: skip


def scored() -> fake_marts.Rows:
    """The invented centre with five graders, one form, and people whose skills are known."""
    rows = fake_marts.centre()
    rows[SkillDimension] = [
        SkillDimension(code, code.title(), f"能力{number}", number, True) for number, code in enumerate(SKILLS)
    ]
    rows[Calibration] = [
        calibration("score", "fit_for_tiers", 0.88),
        calibration("adaptability", "not_used", 0.6),
        calibration("critical_error", "too_few", None),
    ]
    rows[Grader] = [grader(name, STANDINGS[number], number - 2.0) for number, name in enumerate(NAMES)]
    rows[Agreement] = [
        Agreement("grader", NAMES[0], 48, -1.5, -2.5, -0.5, 4.0, -9.3, 6.3, "lower"),
        Agreement("test_call", "*", 24, -1.0, -2.0, 0.1, 5.0, -10.8, 8.8, "no_clear_difference"),
        Agreement("third_party", "*", 4, -1.0, -2.0, 0.1, 5.0, -10.8, 8.8, "too_few"),
    ]
    rows[AgreementPoint] = [AgreementPoint("test_call", "*", n, 70.0 + n, n - 12.0) for n in range(24)]
    cost = CriticalErrorCost(*QUARTER, 120, 83.0, 8.1, 3.6, 0.03, 81.0, 16.2, 0.7, 11.9, 47.5)
    rows[CriticalErrorCost] = [cost, replace(cost, window_kind="preview", window_start=date(2024, 2, 1))]
    team = dict.fromkeys(("A0", "A1", "A2", "A3", "A4"), "T1") | {"A5": "T2"}
    rows[QaCoverage] = [coverage(agent, of_team, 20 + place) for place, (agent, of_team) in enumerate(team.items())]
    rows[QaSamplingPlan] = [
        plan(agent, of_team, 15 + place, "near_decision" if agent == "A1" else "routine")
        for place, (agent, of_team) in enumerate(team.items())
    ]
    rows[QaItem] = [
        item("centre", "centre", "Greets", 30, 0.6, 1),
        item("centre", "centre", "Listens", 20, 1.0, 2),
        item("team", "T1", "Listens", 9, 1.0, 1),
    ]
    rows[SkillProfile] = [
        SkillProfile(*QUARTER, "agent", "A1", code, 20, 20, 84.0, 83.0, 80.0, 86.0, 81.0, 2.0, 0.7, True, verdict)
        for code, verdict in SKILLS.items()
    ]
    return rows


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    def from_rows(rows: fake_marts.Rows) -> Site:
        folder = fake_marts.write(tmp_path_factory.mktemp("marts"), rows)
        return areas.with_books(model.load(folder), folder)

    return from_rows


@pytest.fixture(scope="module")
def site(build: Build) -> Site:
    return build(scored())


@pytest.fixture(scope="module")
def rendered(site: Site) -> Mapping[tuple[str, str], str]:
    found = {}
    for language in ("en", "zh"):
        for page in pages.pages(site, language):
            if page.kind in ("quality", "sampling_plan", "team", "agent"):
                svg = {chart.digest: f'<svg data-chart="{chart.chart}"></svg>' for chart in page.charts}
                found[language, page.path] = str(page.content(svg))
    return found


def voice(language: str, site: Site) -> Voice:
    said = words.load(templates.TEMPLATES / "words", language)
    return Voice(said, figures(language), {kpi.kpi_id: kpi for kpi in site.kpis})


def finder(site: Site) -> Finder:
    return Finder(site, "../")


def changed(site: Site, area: str = "quality", **marts: object) -> Site:
    """The same site with some marts of one area replaced."""
    return replace(site, books={**site.books, area: replace(site.books[area], **marts)})  # type: ignore[type-var]


def judged(site: Site, verdict: str, agreement: float) -> Site:
    """The same site with one verdict on its only form."""
    return changed(site, calibrations={"Form <A>": (calibration("score", verdict, agreement),)})


def agent_path(site: Site, agent_id: str) -> str:
    return f"agents/{site.slugs['agent', agent_id]}.html"


def team_path(site: Site, team_id: str) -> str:
    return f"teams/{site.slugs['team', team_id]}.html"


# ---------- graders
def test_graders_are_numbered_in_order_of_name(site: Site) -> None:
    page = quality.quality(finder(site))
    assert [found.grader for found in page.graders] == ["1", "2", "3", "4", "5"]
    assert [found.leniency_points for found in page.graders] == [
        -1.0,
        1.0,
        2.0,
        -2.0,
        0.0,
    ]  # Bo, Dora, Hugo, Ines, Karl


def test_no_page_names_a_grader(rendered: Mapping[tuple[str, str], str]) -> None:
    for place, text in rendered.items():
        assert not [name for name in NAMES if name in text], place
    assert "Grader 5" in rendered["en", "quality/index.html"] and "评分人 5" in rendered["zh", "quality/index.html"]


def test_each_grader_stands_beside_their_own_difference_on_the_same_contacts(site: Site) -> None:
    page = quality.quality(finder(site))
    assert [found is not None for found in page.beside] == [False, False, False, True, False]


def test_fewer_graders_than_may_be_shown_are_not_shown_one_by_one(site: Site) -> None:
    small = changed(site, graders=quality.quality(finder(site)).graders[:4])
    page = quality.quality(finder(small))
    assert page.is_small and page.severity is None
    said = _quality_words.too_few_graders(voice("en", small), page)
    assert "(4)" in said and "not shown one by one" in said


def test_strict_and_lenient_wear_the_same_mark_and_who_is_not_judged_has_none(site: Site) -> None:
    graders = list(quality.quality(finder(site)).graders)
    graders[2] = replace(graders[2], verdict="too_few_forms", leniency_low=None, leniency_high=None)
    severity = quality.quality(finder(changed(site, graders=tuple(graders)))).severity
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
def test_the_answer_says_what_the_score_may_be_used_for(site: Site, verdict: str, wanted: str) -> None:
    found = judged(site, verdict, 0.88)
    said = _quality_words.answer(voice("en", found), quality.quality(finder(found)))
    assert wanted in said[0]
    assert any("4.1 points apart" in sentence for sentence in said)
    assert any("between −2.0 and +2.0 points" in sentence for sentence in said)


def test_a_score_that_is_not_fit_but_counts_in_tiers_is_named(site: Site) -> None:
    anchor = Anchor("*", "qa_score", 0.2, 78.0, 85.0, 92.0, "value", "standard", "default", "default", date(2024, 1, 1))
    counts = changed(site, "tiers", anchors=(anchor,))
    scored = replace(site.kpis[0], kpi_id="qa_score", source_table="evaluations", family="mean")
    counts = replace(counts, kpis=(*site.kpis, scored))
    for verdict, wanted in (("fit_for_tiers", False), ("not_used", True)):
        found = judged(counts, verdict, 0.6)
        said = " ".join(_quality_words.answer(voice("en", found), quality.quality(finder(found))))
        assert ("has a weight in tiers all the same" in said) is wanted


def test_without_calibration_the_page_says_how_to_find_out(site: Site) -> None:
    found = changed(site, calibrations={})
    page = quality.quality(finder(found))
    assert "nobody can say yet" in _quality_words.answer(voice("en", found), page)[0]
    assert "the same 20 contacts" in _quality_rules.calibrate(voice("en", found), page.rules)


def test_the_score_comes_first_and_critical_errors_last(site: Site) -> None:
    measures = [found.measure for _, found in quality.quality(finder(site)).forms[0].measures]
    assert measures == ["score", "adaptability", "critical_error"]


def test_too_few_pairs_are_said_and_not_drawn(site: Site) -> None:
    page = quality.quality(finder(site))
    assert [found.comparison for found in page.kinds] == ["test_call", "third_party"]
    assert [drawing.found.comparison for drawing in page.agreed] == ["test_call"]
    caption = captions.caption(voice("en", site), page.agreed[0], "the whole centre")
    assert "between −10.8 and +8.8 points" in caption.reading and len(caption.rows) == 24


# ---------- critical errors, coverage, plan
def test_the_formula_of_critical_errors_is_filled_in_with_the_marts_numbers(site: Site) -> None:
    cost = quality.quality(finder(site)).cost
    assert cost is not None and cost.window_kind == "quarter"
    text = _quality_words.filled(voice("en", site), cost, cost.form_sd_points, cost.forms_needed)
    assert text == "0.70 ÷ (1 − 0.70) × 8.10² ÷ 3.60² = 12"
    said = " ".join(_quality_words.zeros(voice("en", site), replace(cost, forms_needed=None)))
    assert "People do not differ measurably" in said


def test_pages_speak_of_the_newest_quarter_and_never_of_a_preview() -> None:
    spring, summer = ("quarter", date(2024, 4, 1)), ("quarter", date(2024, 7, 1))
    assert _quality_book.newest([spring, ("preview", date(2024, 9, 1)), summer]) == summer
    assert _quality_book.newest([("all", date(2024, 2, 9)), ("preview", date(2024, 3, 1))]) == ("all", date(2024, 2, 9))
    assert _quality_book.newest([]) is None


def test_small_teams_are_left_out_where_everybody_reads(site: Site) -> None:
    page, plan_page = quality.quality(finder(site)), quality.sampling_plan(finder(site))
    assert [group.link.name_en for group in page.teams] == ["Birch"]
    assert [group.link.name_en for group in plan_page.teams] == ["Birch"]
    assert page.centre and (page.centre.forms, page.centre.handled, len(page.centre.people)) == (135, 1200, 6)
    assert page.teams[0].forms_each == (20, 24) and page.teams[0].without == 0


def test_the_plan_is_added_up_by_reason(site: Site) -> None:
    page = quality.sampling_plan(finder(site))
    assert page.centre is not None
    assert (page.centre.suggested, page.centre.counted("near_decision"), page.centre.given("near_decision")) == (
        105,
        1,
        16,
    )
    said = _quality_people_words.answer(voice("en", site), page.centre)
    assert any("close to a tier line: 1. They get 16" in sentence for sentence in said)
    assert not any("People who are new" in sentence for sentence in said)


# ---------- people
def test_strengths_come_first_and_disputed_skills_get_no_word(site: Site) -> None:
    part = quality.on_agent(finder(site), site.agents[1])
    assert part is not None and part.picture is not None
    assert [(d.dimension, found.verdict) for d, found in part.skills] == [
        ("language", "strength"),
        ("service_skill", "like_centre"),
        ("adaptability", "graders_disagree"),
        ("knowledge", "to_develop"),
    ]
    said = _quality_people_words.profile(voice("en", site), part.skills)
    assert said[0].startswith("Strengths") and said[0].endswith("Language.")
    assert said[1].endswith("Knowledge.") and "Graders agree too little" in said[-1]
    assert part.picture.request.data["rows"][2]["against"] == "too_few"  # type: ignore[index]


def test_a_team_sees_its_people_in_order_of_name_with_the_reason(site: Site) -> None:
    part = quality.on_team(finder(site), site.teams[0])
    assert part is not None and part.share is not None
    assert [person.link.name_en for person in part.people] == sorted(person.link.name_en for person in part.people)
    assert [person.plan and person.plan.reason for person in part.people][1] == "near_decision"
    assert part.problems is not None and part.problems.rows[0][2] is not None, "the centre stands beside the team"


def test_suggestions_stand_on_the_teams_page_only(site: Site, rendered: Mapping[tuple[str, str], str]) -> None:
    why = "close to a tier line: more forms could settle it"
    assert why in rendered["en", team_path(site, "T1")]
    for agent_id in ("A0", "A1", "A2"):
        text = rendered["en", agent_path(site, agent_id)]
        assert why not in text and "Suggested next" not in text
    for path in ("quality/index.html", "quality/plan.html"):
        assert not [name for name, _ in fake_marts.AGENTS.values() if name in rendered["en", path]]


def test_who_was_never_scored_is_told_so_plainly(site: Site) -> None:
    none = replace(coverage("A0", "T1", 0), third_party_forms=0, test_calls=0)
    assert _quality_people_words.coverage(voice("en", site), none) == [
        "No contact of this person was scored in this period."
    ]


def test_both_languages_show_the_same_pictures(rendered: Mapping[tuple[str, str], str]) -> None:
    for path in ("quality/index.html", "quality/plan.html"):
        assert rendered["en", path].count("<svg data-chart") == rendered["zh", path].count("<svg data-chart")
    assert rendered["zh", "quality/index.html"].count("<svg data-chart") == 3


# ---------- nothing delivered
def test_without_a_form_pages_say_so_and_others_have_no_section(build: Build) -> None:
    for rows in (fake_marts.centre(), fake_marts.empty()):
        found = build(rows)
        page = quality.quality(finder(found))
        assert page.rules == () and page.period is None and page.centre is None
        assert quality.sampling_plan(finder(found)).centre is None
        assert not [team for team in found.teams if quality.on_team(finder(found), team)]
        assert not [agent for agent in found.agents if quality.on_agent(finder(found), agent)]
        text = {p.path: p.content({}) for p in pages.pages(found, "en") if p.kind in ("quality", "sampling_plan")}
        assert "No QA form was delivered" in text["quality/index.html"]
        assert "nothing to plan from yet" in text["quality/plan.html"]
        assert "<table" not in text["quality/index.html"]
