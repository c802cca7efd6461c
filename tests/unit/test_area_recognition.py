"""Recognition: positive only, teams first, names only of those who agreed, places only when switched on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pipelines.marts import Badge, PersonalBest, Recognition, RecognitionChoice, RecognitionTotal, TeamBoard
from pipelines.settings import LANGUAGES
from pipelines.site.model import Site
from tests.unit import fake_marts
from tests.unit.site_pages import Build, Reader, by_path, content

START, END = date(2024, 1, 1), date(2024, 3, 31)
WINDOW = ("quarter", START, True)
PATH = "coaching/recognition.html"


def earned(agent: str, source: str, kpi_id: str | None, points: float) -> Recognition:
    return Recognition(*WINDOW, agent, "T1", source, kpi_id or "G1", kpi_id, points, 0.05, 0.96, END)


def total(agent: str, points: float, shows_name: bool, place: int | None = None) -> RecognitionTotal:
    return RecognitionTotal(*WINDOW, agent, "T1", points, END, shows_name, place)


def badge(agent: str, name: str) -> Badge:
    return Badge(*WINDOW, agent, "T1", name, "answer_rate", "answer_rate", 0.9, 50, END)


def board(team: str, position: int, per_person: float) -> TeamBoard:
    return TeamBoard(*WINDOW, team, position, 8, per_person * 8, per_person, 3, 2, 4, 1, 3, None)


ROWS: dict[Any, list[Any]] = {
    Recognition: [
        earned("A0", "improvement", "answer_rate", 10.0),
        earned("A0", "plan_achieved", None, 5.0),
        earned("A1", "team_goal", "answer_rate", 3.0),
    ],
    RecognitionTotal: [total("A0", 15.0, True), total("A1", 3.0, False)],
    RecognitionChoice: [RecognitionChoice("A0", True, False, None), RecognitionChoice("A1", False, False, END)],
    Badge: [badge("A0", "goal_reached"), badge("A1", "goal_reached")],
    PersonalBest: [PersonalBest("A0", "T1", "answer_rate", date(2024, 3, 1), 0.93, 120, 0.9, 0.86, True)],
    TeamBoard: [board("T2", 1, 9.5), board("T1", 2, 4.0)],
}


@pytest.fixture(scope="module")
def site(build_site: Build) -> Site:
    return build_site(fake_marts.centre() | ROWS)


def page(site: Site, language: str, path: str = PATH) -> Reader:
    return Reader(content(by_path(site, language)[path]))


def of_agent(site: Site, agent: str) -> str:
    return f"agents/{site.slugs['agent', agent]}.html"


def test_teams_stand_in_order_of_name_and_come_before_people(site: Site) -> None:
    said = page(site, "en").text
    assert said.index("Birch") < said.index("Cedar") < said.index("Badges")
    assert "In order of name, not of points." in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_opted_out_is_counted_and_not_named(site: Site, language: str) -> None:
    said = page(site, language)
    names = fake_marts.AGENTS
    place = ("en", "zh").index(language)
    assert names["A0"][place] in said.text
    assert names["A1"][place] not in said.text
    assert {"en": "1 more, who are not named here", "zh": "另有 1 人"}[language] in said.text
    assert not [link for link in said.links if site.slugs["agent", "A1"] in link]


def test_no_place_is_shown_unless_the_centre_switched_it_on(site: Site, build_site: Build) -> None:
    assert "Most points" not in page(site, "en").text
    switched = [replace(found, place=1 if found.shows_name else None) for found in ROWS[RecognitionTotal]]
    said = page(build_site(fake_marts.centre() | ROWS | {RecognitionTotal: switched}), "en").text
    assert "Most points" in said
    assert fake_marts.AGENTS["A1"][0] not in said


def test_an_agents_own_page_says_what_each_point_is_for(site: Site) -> None:
    said = page(site, "en", of_agent(site, "A0")).text
    assert "15 points in" in said
    assert "steadily better than the quarter before; 96% likely to be real" in said
    assert "a plan carried out" in said
    assert "usually" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_reads_of_points_they_did_not_earn(site: Site, language: str) -> None:
    """No section at all for somebody without points: a zero would be a list from below."""
    assert {"en": "How points are earned", "zh": "积分怎么来"}[language] not in page(
        site, language, of_agent(site, "A2")
    ).text


def test_before_anything_could_be_earned_the_page_says_so(centre_site: Site) -> None:
    said = page(centre_site, "en").text
    assert "There is no complete period yet" in said
