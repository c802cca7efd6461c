"""Guards and hovering: what their pages and sections say about hand-made marts."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from pipelines import words
from pipelines.figures import figures
from pipelines.marts import (
    Guard,
    Hovering,
    HoveringBin,
    Kpi,
    NetHandleTime,
    ReasonDrift,
    ShortContact,
    Team,
    TradeOff,
)
from pipelines.site import areas, model, pages, templates
from pipelines.site.areas import _guards_near, _guards_speed, _guards_words, _tier_rules
from pipelines.site.areas._guards_book import Book
from pipelines.site.fragments import Voice
from pipelines.site.model import Site
from tests.unit import fake_marts
from tests.unit.site_pages import texts

WINDOW = ("quarter", fake_marts.FIRST)
NEVER = "A guard starts a conversation; it is never an accusation."


def guard(grain: str, entity_id: str, kpi_id: str, *, red: bool = False) -> Guard:
    return Guard(grain, entity_id, kpi_id, "short_calls", *WINDOW, 300, 0.09, 0.01, 4.0 if red else 0.5, True, red)


def trade_off(entity_id: str, verdict: str, **more: Any) -> TradeOff:
    grain = "centre" if entity_id == "centre" else "team"
    found = TradeOff(grain, entity_id, *WINDOW, 40, 400, 0.12, 0.04, 0.2, -0.0126, verdict)
    return replace(found, **more)


def hovering(entity_id: str, verdict: str, **more: Any) -> Hovering:
    grain = "centre" if entity_id == "centre" else "team"
    return replace(
        Hovering(
            grain, entity_id, "answer_rate", *WINDOW, 0.9, 0.01, 2000, 40, 249, 165, 0.6627, 0.551, 2.1, 0.0002, verdict
        ),
        **more,
    )


def centre() -> fake_marts.Rows:
    rows = fake_marts.centre()
    kpi = rows[Kpi][1]
    rows[Kpi] = [
        *rows[Kpi],
        replace(
            kpi, kpi_id="short_calls", position=8, label_en="Short calls", label_zh="短通话", guards="csat_mean",
            meaning_en="Calls over at once.", meaning_zh="一接就断的通话。",
        ),
    ]  # fmt: skip
    rows[Team] = [replace(row, agents=6) for row in rows[Team]]
    rows[Guard] = [
        *(
            guard("agent", agent, kpi_id, red=agent == "A1")
            for agent in fake_marts.AGENTS
            for kpi_id in ("csat_mean", "answer_rate")
        ),
        *(guard("team", team, "csat_mean") for team in fake_marts.TEAMS),
    ]
    rows[ReasonDrift] = [
        ReasonDrift(*WINDOW, agent, 200, 0.4, 0.1, 5.0, "r<1>", 0.2, "unheard", -0.1, agent == "A2")
        for agent in fake_marts.AGENTS
    ]
    rows[ShortContact] = [
        ShortContact(grain, entity, *WINDOW, 1000, 40, 0.04, 300.0, 312.0, entity != "T2")
        for grain, entity in (("centre", "centre"), ("team", "T1"), ("team", "T2"), ("agent", "A1"))
    ]
    rows[NetHandleTime] = [
        NetHandleTime(grain, entity, *when, 500, 400, 700, 1.4, 300.0, 525.0)
        for grain, entity in (("centre", "centre"), ("team", "T1"))
        for when in (WINDOW, ("month", fake_marts.MONTHS[0]), ("month", fake_marts.MONTHS[1]))
    ]
    rows[TradeOff] = [
        trade_off("centre", "no_link"),
        trade_off("T1", "faster_costs_resolution"),
        trade_off("T2", "too_few", slope=None, interval_low=None, interval_high=None, change_when_tenth_faster=None),
    ]
    rows[Hovering] = [hovering("centre", "hovering"), hovering("T1", "smooth"), hovering("T2", "too_few", z=None)]
    rows[HoveringBin] = [
        HoveringBin(
            grain, entity, "answer_rate", *WINDOW, place, place / 200, (place + 1) / 200, 60 + place, 55.5, True
        )
        for grain, entity in (("centre", "centre"), ("team", "T1"), ("team", "T2"))
        for place in (-2, -1, 0, 1)
    ]
    return rows


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = fake_marts.write(tmp_path_factory.mktemp("guards"), centre())
    return areas.with_books(model.load(folder), folder)


def with_book(site: Site, **changes: Any) -> Site:
    """The same site with other rows in the area's book."""
    return replace(site, books={**site.books, "guards": replace(site.books["guards"], **changes)})  # type: ignore[type-var]


def voice(site: Site, language: str = "en") -> Voice:
    return Voice(
        words.load(templates.TEMPLATES / "words", language), figures(language), {kpi.kpi_id: kpi for kpi in site.kpis}
    )


def agent_page(site: Site, agent_id: str) -> str:
    return f"agents/{site.slugs['agent', agent_id]}.html"


# ---------- the page of guards
def test_the_page_of_guards_counts_people_once_and_names_nobody(site: Site) -> None:
    text = texts(site, "en")["systemic/guards.html"]
    assert "1 guards watch over Answer rate and Customer satisfaction (mean)" in text
    assert "Guards stand out for 1 people and 0 teams." in text
    assert "Short calls 1 of 6 0 of 2 Answer rate and Customer satisfaction (mean) Calls over at once." in text
    assert NEVER in text
    assert not [name for name, _ in fake_marts.AGENTS.values() if name in text]


def test_a_guard_compared_among_fewer_than_five_people_shows_no_number(site: Site) -> None:
    few = tuple(row for row in centre()[Guard] if row.entity_id in ("A1", "A2", "T1"))
    text = texts(with_book(site, by_guard={"short_calls": few}), "en")["systemic/guards.html"]
    assert "too few to show 0 of 1 Answer rate and Customer satisfaction (mean)" in text


def test_speed_is_weighed_against_repeats_with_its_interval(site: Site) -> None:
    text = texts(site, "en")["systemic/guards.html"]
    assert "Birch quicker weeks solve less −1.3 percentage points 0.120, likely 0.040 to 0.200 40 400" in text
    assert "Teams with too few people or weeks: 1." in text
    assert "No visible link between speed and matters solved at once" in text


def test_what_it_takes_to_solve_a_matter_and_handle_time_without_short_contacts_are_shown(site: Site) -> None:
    text = texts(site, "en")["systemic/guards.html"]
    assert "A solved matter took 8 min 45 s of handle time over all its contacts; a single contact took 5 min." in text
    assert "40 of 1,000 contacts (4.0%) were over within seconds. Without them the handle time is 5 min 12 s" in text
    assert "Cedar 40 4.0% 5 min hardly differs 1,000" in text
    assert "Of 6 people who share queues with colleagues, 1 record clearly other reasons." in text


def test_small_teams_are_left_out_of_the_pages_that_many_read(site: Site) -> None:
    small = replace(site, teams=tuple(replace(team, agents=3) for team in site.teams))
    text = texts(small, "en")["systemic/guards.html"]
    assert "Birch" not in text
    assert "Cedar" not in text


def test_without_data_the_pages_say_so_and_no_section_appears(site: Site) -> None:
    emptied: dict[str, Any] = {field.name: {} for field in fields(Book) if field.name != "window"}
    said = texts(with_book(site, **{**emptied, "hovering": ()}), "en")
    assert "No guard can be computed yet" in said["systemic/guards.html"]
    assert "this cannot be asked yet" in said["systemic/hovering.html"]
    people = [path for path in said.pages if path.startswith(("teams/t-", "agents/a-"))]
    assert not [path for path in people if NEVER in said[path]]


# ---------- sections
def test_what_stands_out_for_a_person_is_put_as_a_question_with_its_cap(site: Site) -> None:
    said = texts(site, "en")
    text = said[agent_page(site, "A1")]
    assert (
        "Short calls: 9.0%, where colleagues with the same work have 1.0%. What is different about these contacts?"
        in text
    )
    assert "Answer rate and Customer satisfaction (mean) counts with at most 80 of 100 points." in text
    assert NEVER in text
    assert "Broken &amp; late (+20.0 percentage points)" in said[agent_page(site, "A2")]
    assert "A question for the next talk" not in said[agent_page(site, "A0")]


def test_a_team_page_names_members_in_order_of_name_and_says_what_speed_costs(site: Site) -> None:
    text = texts(site, "en")[f"teams/{site.slugs['team', 'T1']}.html"]
    assert "No guard stands out for the team as a whole." in text
    assert text.index("Agent B : Short calls 9.0%") < text.index("Agent C : other reasons recorded")
    assert "Speed seems to be bought with repeats: a tenth less handle time went with −1.3 percentage points" in text
    assert NEVER in text


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        ("faster_costs_resolution", "快似乎是拿重复来电换来的"),
        ("slower_costs_resolution", "并不证明快就好"),
        ("no_link", "偶然就可以解释"),
        ("too_few", "人数或周数太少"),
    ],
)
def test_every_verdict_about_speed_is_said_in_chinese(site: Site, verdict: str, said: str) -> None:
    assert said in _guards_speed.trade_off(voice(site, "zh"), trade_off("centre", verdict))


# ---------- days near a line
def test_a_line_that_may_act_as_a_ceiling_is_asked_about_and_never_of_a_person(site: Site) -> None:
    text = texts(site, "en")["systemic/hovering.html"]
    assert "Answer rate : is the line acting as a ceiling?" in text
    assert "Of 249 days near the minimum of 90.0%, 66.3% lie just above it" in text
    assert "never about a person" in text
    assert "Birch Answer rate smooth" in text
    assert "Cedar" not in text
    assert "to be asked about: 1." in text


def test_only_lines_that_are_judged_have_a_picture(site: Site) -> None:
    page = next(page for page in pages.pages(site, "en") if page.kind == "hovering")
    assert [chart.chart for chart in page.charts] == ["hovering", "hovering"]
    first = page.charts[0]
    assert first.specification()
    assert first.data["minimum"] == 0.9
    assert first.data["window_low"] == pytest.approx(0.89)


def test_roles_with_different_minimums_are_counted_from_the_line(site: Site) -> None:
    built = with_book(site, hovering=(hovering("centre", "smooth", minimum=None),))
    page = next(page for page in pages.pages(built, "en") if page.kind == "hovering")
    assert page.charts[0].data["minimum"] == 0.0
    assert "near the minimum of their role" in texts(built, "en")["systemic/hovering.html"]


def test_too_few_days_are_said_to_be_too_few(site: Site) -> None:
    (said,) = _guards_near.near(voice(site), hovering("centre", "too_few"))
    assert "too few days lie near the minimum" in said


def test_every_rule_of_these_pages_is_in_the_seed(site: Site) -> None:
    known = {rule.rule_id: rule for rule in fake_marts.rules()}
    for rule_id in (*_guards_words.RULES, *_guards_words.HOVERING_RULES):
        assert _guards_words.rule(voice(site), known[rule_id])
        assert _tier_rules.amount(voice(site), known[rule_id])
