"""Quality and people: coverage, plan, skills, and who is named on which page. Graders' scores: test_area_quality."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from pipelines.site import pages
from pipelines.site.areas import _quality_people_words, quality
from pipelines.site.model import Site
from tests.unit import fake_marts
from tests.unit.quality_centre import NAMES, coverage, finder, voice
from tests.unit.site_pages import Build


@pytest.fixture(scope="module")
def rendered(quality_site: Site) -> Mapping[tuple[str, str], str]:
    found = {}
    for language in ("en", "zh"):
        for page in pages.pages(quality_site, language):
            if page.kind in ("quality", "sampling_plan", "team", "agent"):
                svg = {chart.digest: f'<svg data-chart="{chart.chart}"></svg>' for chart in page.charts}
                found[language, page.path] = str(page.content(svg))
    return found


def agent_path(site: Site, agent_id: str) -> str:
    return f"agents/{site.slugs['agent', agent_id]}.html"


def team_path(site: Site, team_id: str) -> str:
    return f"teams/{site.slugs['team', team_id]}.html"


# ---------- coverage and plan
def test_small_teams_are_left_out_where_everybody_reads(quality_site: Site) -> None:
    page, plan_page = quality.quality(finder(quality_site)), quality.sampling_plan(finder(quality_site))
    assert [group.link.name_en for group in page.teams] == ["Birch"]
    assert [group.link.name_en for group in plan_page.teams] == ["Birch"]
    assert page.centre and (page.centre.forms, page.centre.handled, len(page.centre.people)) == (135, 1200, 6)
    assert page.teams[0].forms_each == (20, 24) and page.teams[0].without == 0


def test_the_plan_is_added_up_by_reason(quality_site: Site) -> None:
    page = quality.sampling_plan(finder(quality_site))
    assert page.centre is not None
    assert (page.centre.suggested, page.centre.counted("near_decision"), page.centre.given("near_decision")) == (
        105,
        1,
        16,
    )
    said = _quality_people_words.answer(voice("en", quality_site), page.centre)
    assert any("close to a tier line: 1. They get 16" in sentence for sentence in said)
    assert not any("People who are new" in sentence for sentence in said)


# ---------- people
def test_strengths_come_first_and_disputed_skills_get_no_word(quality_site: Site) -> None:
    part = quality.on_agent(finder(quality_site), quality_site.agents[1])
    assert part is not None and part.picture is not None
    assert [(d.dimension, found.verdict) for d, found in part.skills] == [
        ("language", "strength"),
        ("service_skill", "like_centre"),
        ("adaptability", "graders_disagree"),
        ("knowledge", "to_develop"),
    ]
    said = _quality_people_words.profile(voice("en", quality_site), part.skills)
    assert said[0].startswith("Strengths") and said[0].endswith("Language.")
    assert said[1].endswith("Knowledge.") and "Graders agree too little" in said[-1]
    assert part.picture.request.data["rows"][2]["against"] == "too_few"  # type: ignore[index]


def test_a_team_sees_its_people_in_order_of_name_with_the_reason(quality_site: Site) -> None:
    part = quality.on_team(finder(quality_site), quality_site.teams[0])
    assert part is not None and part.share is not None
    assert [person.link.name_en for person in part.people] == sorted(person.link.name_en for person in part.people)
    assert [person.plan and person.plan.reason for person in part.people][1] == "near_decision"
    assert part.problems is not None and part.problems.rows[0][2] is not None, "the centre stands beside the team"


def test_who_was_never_scored_is_told_so_plainly(quality_site: Site) -> None:
    none = replace(coverage("A0", "T1", 0), third_party_forms=0, test_calls=0)
    assert _quality_people_words.coverage(voice("en", quality_site), none) == [
        "No contact of this person was scored in this period."
    ]


# ---------- pages
def test_no_page_names_a_grader(rendered: Mapping[tuple[str, str], str]) -> None:
    for place, text in rendered.items():
        assert not [name for name in NAMES if name in text], place
    assert "Grader 5" in rendered["en", "quality/index.html"] and "评分人 5" in rendered["zh", "quality/index.html"]


def test_suggestions_stand_on_the_teams_page_only(quality_site: Site, rendered: Mapping[tuple[str, str], str]) -> None:
    why = "close to a tier line: more forms could settle it"
    assert why in rendered["en", team_path(quality_site, "T1")]
    for agent_id in ("A0", "A1", "A2"):
        text = rendered["en", agent_path(quality_site, agent_id)]
        assert why not in text and "Suggested next" not in text
    for path in ("quality/index.html", "quality/plan.html"):
        assert not [name for name, _ in fake_marts.AGENTS.values() if name in rendered["en", path]]


def test_both_languages_show_the_same_pictures(rendered: Mapping[tuple[str, str], str]) -> None:
    for path in ("quality/index.html", "quality/plan.html"):
        assert rendered["en", path].count("<svg data-chart") == rendered["zh", path].count("<svg data-chart")
    assert rendered["zh", "quality/index.html"].count("<svg data-chart") == 3


def test_without_a_form_pages_say_so_and_others_have_no_section(build_site: Build) -> None:
    for rows in (fake_marts.centre(), fake_marts.empty()):
        found = build_site(rows)
        page = quality.quality(finder(found))
        assert page.rules == () and page.period is None and page.centre is None
        assert quality.sampling_plan(finder(found)).centre is None
        assert not [team for team in found.teams if quality.on_team(finder(found), team)]
        assert not [agent for agent in found.agents if quality.on_agent(finder(found), agent)]
        text = {p.path: p.content({}) for p in pages.pages(found, "en") if p.kind in ("quality", "sampling_plan")}
        assert "No QA form was delivered" in text["quality/index.html"]
        assert "nothing to plan from yet" in text["quality/plan.html"]
        assert "<table" not in text["quality/index.html"]
