"""System or person: what the register, the banner and the sections of teams and people say about hand-made marts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipelines import words
from pipelines.figures import figures
from pipelines.marts import (
    Entity,
    FunnelSpread,
    MixSegment,
    MixShift,
    Period,
    Systemic,
    SystemicAgent,
    SystemicReason,
    SystemicTeam,
    Team,
)
from pipelines.site import areas, model, pages, templates
from pipelines.site.areas import _systemic_gap, _systemic_mix, _systemic_terms, _systemic_words
from pipelines.site.areas._systemic_book import Book
from pipelines.site.areas._systemic_contexts import Mix
from pipelines.site.contexts import Column
from pipelines.site.fragments import Voice
from pipelines.site.model import Site
from tests.unit import fake_marts

FIRST = fake_marts.FIRST
WINDOW = ("quarter", FIRST)


def verdict(kpi_id: str, code: str, **more: Any) -> Systemic:
    return replace(
        Systemic(
            kpi_id, *WINDOW, agents=40, teams=4, centre_value=0.65, interval_low=0.62, interval_high=0.68, target=0.7,
            gap=-0.05, p_centre_below=0.99712, share_below=0.78, observed_share_below=0.71, tau2_agent=0.01,
            tau2_team=0.0, icc_team=0.0, q_statistic=2.0, q_p=0.5, team_problems=0, individuals=0,
            confirmed_individuals=0, expected_by_chance=0.0, is_centre_wide=code == "centre_wide", verdict=code,
            cause=None, likely_owner=None, owner_en=None, owner_zh=None,
        ),
        **more,
    )  # fmt: skip


def own(agent_id: str, kpi_id: str, parts: tuple[float, float, float], **more: Any) -> SystemicAgent:
    gap = sum(parts)
    return replace(
        SystemicAgent(
            kpi_id, *WINDOW, agent_id, adjusted_value=0.6, steadied_value=0.7 + gap, steadied_low=0.5,
            steadied_high=0.8, target=0.7, gap=gap, gap_centre=parts[0], gap_team=parts[1], gap_agent=parts[2],
            p_below=0.97, p_below_team=0.6, bh_q=0.5, is_individual=False, is_confirmed=False, verdict="common_cause",
        ),
        **more,
    )  # fmt: skip


def team_row(kpi_id: str, team_id: str, **more: Any) -> SystemicTeam:
    return replace(
        SystemicTeam(
            kpi_id, *WINDOW, team_id, agents=6, value=0.6, interval_low=0.55, interval_high=0.65, target=0.7, gap=-0.1,
            p_team_below=0.99, share_below=0.9, p_below_centre=0.98, is_team_problem=False, verdict="common_cause",
        ),
        **more,
    )  # fmt: skip


def shift(kpi_id: str, mix: float, performance: float, **more: Any) -> MixShift:
    before = 0.7
    return replace(
        MixShift(
            kpi_id, "month", date(2024, 3, 1), date(2024, 2, 1), 900, 900, before, before + mix + performance,
            mix + performance, mix, performance,
        ),
        **more,
    )  # fmt: skip


def centre() -> fake_marts.Rows:
    """One KPI the whole centre misses, one that a team misses, one with individuals; the rest is not compared."""
    rows = fake_marts.centre()
    rows[Systemic] = [
        verdict(
            "csat_mean", "centre_wide", centre_value=3.9, target=4.2, cause="few_reasons",
            likely_owner="knowledge_base", owner_en="Knowledge base: articles", owner_zh="知识库：相关条目",
        ),
        verdict("answer_rate", "individuals", individuals=3, confirmed_individuals=1, expected_by_chance=0.42),
        verdict("speed_of_answer", "teams_differ", team_problems=2),
    ]  # fmt: skip
    rows[SystemicReason] = [
        SystemicReason("csat_mean", *WINDOW, "r<1>", 300, 3.2, 4.2, 0.2, -0.2, 0.66, 1.0, True),
        SystemicReason("csat_mean", *WINDOW, "unheard", 500, 4.1, 4.2, 0.8, -0.1, 0.34, 1.0, False),
    ]
    rows[SystemicTeam] = [
        team_row("speed_of_answer", "T1", is_team_problem=True, verdict="team"),
        team_row("speed_of_answer", "T2", is_team_problem=True, verdict="team", agents=4),
        team_row("csat_mean", "T1", verdict="centre_wide"),
    ]
    rows[SystemicAgent] = [
        own("A0", "csat_mean", (-0.5, -0.1, -0.1), verdict="centre_wide"),
        own("A0", "answer_rate", (0.02, 0.01, 0.05), p_below=0.01, p_below_team=0.03),
        own("A1", "answer_rate", (0.02, 0.0, -0.2), verdict="individual", is_individual=True, is_confirmed=False),
        own("A2", "answer_rate", (0.02, 0.0, -0.3), verdict="individual", is_individual=True, is_confirmed=True),
        own("A3", "answer_rate", (0.0, 0.0, 0.0), p_below=0.5, p_below_team=0.5),
    ]
    rows[FunnelSpread] = [
        FunnelSpread("csat_mean", "agent", 3.14, 0.02, True, 40),
        FunnelSpread("answer_rate", "agent", 1.1, 0.0, False, 40),
    ]
    rows[MixShift] = [
        shift("csat_mean", 0.02, -0.08),
        shift("csat_mean", 0.01, 0.0, window_start=date(2024, 2, 1), previous_start=date(2024, 1, 1)),
    ]
    rows[MixSegment] = [
        MixSegment(
            "csat_mean", "month", date(2024, 3, 1), 1, "phone", "Q1", None, "gold", 0.2, 0.3, 3.5, None, 0.02, 0, 0.02
        )
    ]
    return rows


Build = Callable[[fake_marts.Rows], Site]


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    def from_rows(rows: fake_marts.Rows) -> Site:
        folder = fake_marts.write(tmp_path_factory.mktemp("systemic"), rows)
        return areas.with_books(model.load(folder), folder)

    return from_rows


@pytest.fixture(scope="module")
def site(build: Build) -> Site:
    return build(centre())


def with_book(site: Site, **changes: Any) -> Site:
    """The same site with other rows in the area's book."""
    return replace(site, books={**site.books, "systemic": replace(site.books["systemic"], **changes)})  # type: ignore[type-var]


class Texts(dict[str, str]):
    """Path → text of a page without its tags; a page is rendered when it is asked for."""

    def __init__(self, site: Site, language: str) -> None:
        super().__init__()
        self.pages = {page.path: page for page in pages.pages(site, language)}

    def __missing__(self, path: str) -> str:
        page = self.pages[path]
        html = str(page.content({chart.digest: "<svg></svg>" for chart in page.charts}))
        self[path] = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))
        return self[path]


def texts(site: Site, language: str) -> Texts:
    return Texts(site, language)


def agent_page(site: Site, agent_id: str) -> str:
    return f"agents/{site.slugs['agent', agent_id]}.html"


def voice(site: Site, language: str = "en") -> Voice:
    return Voice(
        words.load(templates.TEMPLATES / "words", language), figures(language), {kpi.kpi_id: kpi for kpi in site.kpis}
    )


# ---------- the register
def test_what_the_whole_centre_misses_is_called_the_system_and_says_who_can_change_it(site: Site) -> None:
    english, chinese = texts(site, "en")["systemic/index.html"], texts(site, "zh")["systemic/index.html"]
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


def test_the_register_names_no_person_and_no_team_of_fewer_than_five(site: Site) -> None:
    text = texts(site, "en")["systemic/index.html"]
    assert not [name for name, _ in fake_marts.AGENTS.values() if name in text]
    assert "Birch" in text
    assert "Cedar" not in text


def test_how_many_stand_out_stands_beside_how_many_chance_alone_would_name(site: Site) -> None:
    text = texts(site, "en")["systemic/index.html"]
    assert "Answer rate 40 71% 3 0.4 1" in text
    assert "Nobody is named here" in text


def test_a_funnel_wider_than_chance_asks_for_the_mix_first(site: Site) -> None:
    text = texts(site, "en")["systemic/index.html"]
    assert "look for it before looking at people" in text
    assert "Customer satisfaction (mean) 3.1 40" in text


def test_every_rule_is_printed_with_its_value_and_who_decided_it(site: Site) -> None:
    text = texts(site, "en")["systemic/index.html"]
    known = {rule.rule_id for rule in fake_marts.rules()}
    assert set(_systemic_words.RULES) <= known
    assert "How sure it must be that the centre's mean is short of the target".replace("'", "&#39;") in text
    assert text.count("starting value of this product") == len(_systemic_words.RULES)


def test_measures_of_the_centre_alone_are_named_as_left_out(site: Site) -> None:
    text = texts(site, "en")["systemic/index.html"]
    assert "no person or team alone can reach or miss them: Abandon rate" in text


def test_without_anything_compared_the_register_says_so_and_no_section_appears(site: Site) -> None:
    emptied: dict[str, Any] = {field.name: {} for field in fields(Book) if field.name != "window"}
    said = texts(with_book(site, **emptied), "en")
    assert "nothing can be said yet about where a shortfall lies" in said["systemic/index.html"]
    people = [path for path in said.pages if path.startswith(("teams/t-", "agents/a-"))]
    for path in ("index.html", "kpis/csat_mean.html", *people):
        assert "System, not people" not in said[path]
        assert "What is one" not in said[path]


# ---------- sections
def test_the_overview_says_in_two_sentences_that_it_is_the_system(site: Site) -> None:
    text = texts(site, "en")["index.html"]
    assert "System, not people: in Q1 2024 the whole centre fell short on Customer satisfaction (mean) ." in text
    assert "Nobody is coached on that individually; the register says who can change it." in text


def test_a_calm_centre_is_said_to_be_calm(site: Site) -> None:
    said = texts(with_book(site, centre={"answer_rate": verdict("answer_rate", "common_cause")}, of_team={}), "en")
    assert "Nothing fell short in the whole centre by more than chance in Q1 2024." in said["index.html"]
    assert "Neither the centre nor a team nor a person falls short" in said["kpis/answer_rate.html"]


def test_a_kpi_page_gives_its_verdict_and_only_a_sure_change_is_explained(site: Site) -> None:
    said = texts(site, "en")
    assert "it is 3 of 40 people. 1 of them remain" in said["kpis/answer_rate.html"]
    assert "single teams fall short: Birch" in said["kpis/speed_of_answer.html"]
    assert "Phone · Billing · gold" in said["kpis/csat_mean.html"]
    assert "The likely ranges of both periods overlap" in said["kpis/csat_mean.html"]
    key, of_centre = ("month", date(2024, 2, 1)), dict(site.values["centre", "centre"])
    apart = replace(of_centre["csat_mean"][key], interval_low=1.0, interval_high=1.1)
    of_centre["csat_mean"] = {**of_centre["csat_mean"], key: apart}
    moved = replace(site, values={**site.values, ("centre", "centre"): of_centre})
    said = texts(moved, "en")
    assert "The same work was done less well, while the work got easier." in said["kpis/csat_mean.html"]


def test_a_team_page_separates_system_team_and_person(site: Site) -> None:
    text = texts(site, "en")[f"teams/{site.slugs['team', 'T1']}.html"]
    assert "nobody in this team is coached on it individually" in text
    assert "The team&#39;s own: it falls short on Speed of answer" in text
    assert "Agent B : Answer rate (may be chance)" in text
    assert "Agent C : Answer rate" in text
    assert "Agent C : Answer rate (may be chance)" not in text


def test_a_teams_steps_come_from_a_member_with_the_same_target(site: Site) -> None:
    assert page_charts(site, "team")["gap_parts"]["rows"][0]["parts"][0]["value"] == -0.5
    others = {
        agent: tuple(replace(row, target=0.9) for row in rows)
        for agent, rows in site.books["systemic"].of_agent.items()  # type: ignore[attr-defined]
    }
    assert "gap_parts" not in page_charts(with_book(site, of_agent=others), "team")


def page_charts(site: Site, kind: str) -> dict[str, Any]:
    return {chart.chart: chart.data for page in pages.pages(site, "en") if page.kind == kind for chart in page.charts}


def test_a_persons_page_speaks_of_strengths_first_and_of_what_is_shared(site: Site) -> None:
    text = texts(site, "en")[agent_page(site, "A0")]
    assert text.index("Probably better than the target: Answer rate") < text.index("away from the target")
    assert "Probably better than their own team: Answer rate" in text
    assert "0.50 of the 0.70 are shared by the whole centre, 0.10 by the team; 0.10 are the person" in text
    assert "It belongs to the system: nobody is coached on it individually." in text


def test_what_may_be_chance_among_so_many_people_says_so(site: Site) -> None:
    said = texts(site, "en")
    assert "among so many people looked at it may be chance" in said[agent_page(site, "A1")]
    assert "a good subject for the next talk" in said[agent_page(site, "A2")]
    assert "Nothing is short of its target by more than chance." in said[agent_page(site, "A3")]


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
    site: Site, parts: tuple[float, float, float], said: str
) -> None:
    assert said in _systemic_gap.steps(voice(site), own("A0", "answer_rate", parts), has_team=True)


def test_the_chinese_sentence_counts_the_same_points(site: Site) -> None:
    said = _systemic_gap.steps(voice(site, "zh"), own("A0", "answer_rate", (-0.05, -0.01, -0.01)), has_team=True)
    assert said == "7.0 个百分点中，5.0 是整个中心共有的，1.0 是班组共有的，1.0 是本人的。"


def test_without_a_team_nothing_is_said_of_one(site: Site) -> None:
    row = own("A0", "answer_rate", (-0.05, -0.01, -0.01))
    assert "team" not in _systemic_gap.steps(voice(site), row, has_team=False)
    assert _systemic_gap.person(voice(site), Column("answer_rate", "x"), row, has_team=False)


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
    site: Site, kpi_id: str, mix: float, performance: float, said: str
) -> None:
    found = shift(kpi_id, mix, performance)
    assert _systemic_mix.sentences(voice(site), Mix(found, True, ()))[1] == said


def test_no_probability_is_ever_certain(site: Site) -> None:
    say = voice(site)
    assert [_systemic_terms.sure(say, p) for p in (1.0, 0.0, 0.9)] == ["above 99.9%", "below 0.1%", "90.0%"]
    assert [_systemic_terms.people(say, x) for x in (1.0, 0.0, 0.4)] == ["nearly all", "hardly any", "40%"]


# ---------- pictures and marts
def charts(site: Site, language: str) -> Iterator[tuple[str, str]]:
    for page in pages.pages(site, language):
        yield from ((page.path, chart.digest) for chart in page.charts)


def test_the_pictures_are_drawn_from_documented_data_and_shared_by_both_languages(site: Site) -> None:
    asked = {chart.chart: chart for page in pages.pages(site, "en") for chart in page.charts}
    assert asked["gap_parts"].specification()
    assert asked["mix_split"].specification()
    assert set(charts(site, "en")) == set(charts(site, "zh"))


def test_without_a_complete_quarter_the_whole_period_speaks(tmp_path: Path) -> None:
    rows = centre()
    rows[Period] = [replace(row, is_latest_complete=row.period_kind == "all") for row in rows[Period]]
    rows[Systemic] = [replace(verdict("answer_rate", "common_cause"), window_kind="all")]
    book = areas.modules()["systemic"].load(fake_marts.write(tmp_path, rows))
    assert book.window.period_kind == "all"
    assert set(book.centre) == {"answer_rate"}


def test_agents_without_a_team_and_reasons_without_a_name_make_no_trouble(build: Build) -> None:
    rows = fake_marts.without_teams()
    given = centre()
    for mart in (Systemic, SystemicReason, SystemicAgent, MixShift, MixSegment):
        rows[mart] = given[mart]
    rows[SystemicTeam] = [team_row("csat_mean", "", is_team_problem=True)]
    rows[Entity] = [row for row in rows[Entity] if row.grain not in ("reason", "queue")]
    assert rows[Team] == []
    text = texts(build(rows), "en")["systemic/index.html"]
    assert "r&lt;1&gt;" in text
