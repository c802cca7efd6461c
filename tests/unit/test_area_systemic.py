"""System or person: what the register and the sections say. Gaps and changes taken apart: test_area_systemic_parts."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

from pipelines.marts import (
    Entity,
    MixSegment,
    MixShift,
    Systemic,
    SystemicAgent,
    SystemicReason,
    SystemicTeam,
    Team,
)
from pipelines.site.areas import _systemic_words
from pipelines.site.areas._systemic_book import Book
from pipelines.site.model import Site
from tests.unit import fake_marts
from tests.unit.site_pages import Build, texts
from tests.unit.systemic_centre import centre, team_row, verdict, with_book


def agent_page(site: Site, agent_id: str) -> str:
    return f"agents/{site.slugs['agent', agent_id]}.html"


# ---------- the register
def test_what_the_whole_centre_misses_is_called_the_system_and_says_who_can_change_it(systemic_site: Site) -> None:
    english, chinese = (
        texts(systemic_site, "en")["systemic/index.html"],
        texts(systemic_site, "zh")["systemic/index.html"],
    )
    for expected in (
        "System, not people: the whole centre falls short on Customer satisfaction (mean)",
        "Nobody is coached on that individually",
        "those who keep the knowledge base",
        "Knowledge base: articles",
        "Most of it comes from Broken &amp; late (66% of it, 20% of the work).",
        "Truly short of it: 78% of 40 people",
        "has a probability of 99.7%",
    ):
        assert expected in english
    assert "是系统问题，不是人的问题：满意度均分" in chinese.replace(" ", "")
    assert "知识库：相关条目" in chinese


def test_the_register_names_no_person_and_no_team_of_fewer_than_five(systemic_site: Site) -> None:
    text = texts(systemic_site, "en")["systemic/index.html"]
    assert not [name for name, _ in fake_marts.AGENTS.values() if name in text]
    assert "Birch" in text
    assert "Cedar" not in text


def test_how_many_stand_out_stands_beside_how_many_chance_alone_would_name(systemic_site: Site) -> None:
    text = texts(systemic_site, "en")["systemic/index.html"]
    assert "Answer rate 40 71% 3 0.4 1" in text
    assert "Nobody is named here" in text


def test_a_funnel_wider_than_chance_asks_for_the_mix_first(systemic_site: Site) -> None:
    text = texts(systemic_site, "en")["systemic/index.html"]
    assert "look for it before looking at people" in text
    assert "Customer satisfaction (mean) 3.1 40" in text


def test_every_rule_is_printed_with_its_value_and_who_decided_it(systemic_site: Site) -> None:
    text = texts(systemic_site, "en")["systemic/index.html"]
    known = {rule.rule_id for rule in fake_marts.rules()}
    assert set(_systemic_words.RULES) <= known
    assert "How sure it must be that the centre's mean is short of the target".replace("'", "&#39;") in text
    assert text.count("starting value of this product") == len(_systemic_words.RULES)


def test_measures_of_the_centre_alone_are_named_as_left_out(systemic_site: Site) -> None:
    text = texts(systemic_site, "en")["systemic/index.html"]
    assert "no person or team alone can reach or miss them: Abandon rate" in text


def test_without_anything_compared_the_register_says_so_and_no_section_appears(systemic_site: Site) -> None:
    emptied: dict[str, Any] = {field.name: {} for field in fields(Book) if field.name != "window"}
    said = texts(with_book(systemic_site, **emptied), "en")
    assert "nothing can be said yet about where a shortfall lies" in said["systemic/index.html"]
    people = [path for path in said.pages if path.startswith(("teams/t-", "agents/a-"))]
    for path in ("index.html", "kpis/csat_mean.html", *people):
        assert "System, not people" not in said[path]
        assert "What is one" not in said[path]


def test_agents_without_a_team_and_reasons_without_a_name_make_no_trouble(build_site: Build) -> None:
    rows = fake_marts.without_teams()
    given = centre()
    for mart in (Systemic, SystemicReason, SystemicAgent, MixShift, MixSegment):
        rows[mart] = given[mart]
    rows[SystemicTeam] = [team_row("csat_mean", "", is_team_problem=True)]
    rows[Entity] = [row for row in rows[Entity] if row.grain not in ("reason", "queue")]
    assert rows[Team] == []
    text = texts(build_site(rows), "en")["systemic/index.html"]
    assert "r&lt;1&gt;" in text


# ---------- sections
def test_the_overview_says_in_two_sentences_that_it_is_the_system(systemic_site: Site) -> None:
    text = texts(systemic_site, "en")["index.html"]
    assert "System, not people: in Q1 2024 the whole centre fell short on Customer satisfaction (mean) ." in text
    assert "Nobody is coached on that individually; the register says who can change it." in text


def test_a_calm_centre_is_said_to_be_calm(systemic_site: Site) -> None:
    said = texts(
        with_book(systemic_site, centre={"answer_rate": verdict("answer_rate", "common_cause")}, of_team={}), "en"
    )
    assert "Nothing fell short in the whole centre by more than chance in Q1 2024." in said["index.html"]
    assert "Neither the centre nor a team nor a person falls short" in said["kpis/answer_rate.html"]


def test_a_kpi_page_gives_its_verdict_and_only_a_sure_change_is_explained(systemic_site: Site) -> None:
    said = texts(systemic_site, "en")
    assert "it is 3 of 40 people. 1 of them remain" in said["kpis/answer_rate.html"]
    assert "single teams fall short: Birch" in said["kpis/speed_of_answer.html"]
    assert "Phone · Billing · gold" in said["kpis/csat_mean.html"]
    assert "The likely ranges of both periods overlap" in said["kpis/csat_mean.html"]
    key, of_centre = ("month", date(2024, 2, 1)), dict(systemic_site.values["centre", "centre"])
    apart = replace(of_centre["csat_mean"][key], interval_low=1.0, interval_high=1.1)
    of_centre["csat_mean"] = {**of_centre["csat_mean"], key: apart}
    moved = replace(systemic_site, values={**systemic_site.values, ("centre", "centre"): of_centre})
    said = texts(moved, "en")
    assert "The same work was done less well, while the work got easier." in said["kpis/csat_mean.html"]


def test_a_team_page_separates_system_team_and_person(systemic_site: Site) -> None:
    text = texts(systemic_site, "en")[f"teams/{systemic_site.slugs['team', 'T1']}.html"]
    assert "nobody in this team is coached on it individually" in text
    assert "The team&#39;s own: it falls short on Speed of answer" in text
    assert "Agent B : Answer rate (may be chance)" in text
    assert "Agent C : Answer rate" in text
    assert "Agent C : Answer rate (may be chance)" not in text


def test_a_persons_page_speaks_of_strengths_first_and_of_what_is_shared(systemic_site: Site) -> None:
    text = texts(systemic_site, "en")[agent_page(systemic_site, "A0")]
    assert text.index("Probably better than the target: Answer rate") < text.index("away from the target")
    assert "Probably better than their own team: Answer rate" in text
    assert "0.50 of the 0.70 are shared by the whole centre, 0.10 by the team; 0.10 are the person" in text
    assert "It belongs to the system: nobody is coached on it individually." in text


def test_what_may_be_chance_among_so_many_people_says_so(systemic_site: Site) -> None:
    said = texts(systemic_site, "en")
    assert "among so many people looked at it may be chance" in said[agent_page(systemic_site, "A1")]
    assert "a good subject for the next talk" in said[agent_page(systemic_site, "A2")]
    assert "Nothing is short of its target by more than chance." in said[agent_page(systemic_site, "A3")]
