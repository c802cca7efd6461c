"""The centre's page about coaching and its section on the overview."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from pipelines.settings import LANGUAGES
from pipelines.site import pages
from pipelines.site.areas import _coaching_goals, _coaching_words, coaching
from pipelines.site.areas._coaching_contexts import CoachingPage
from pipelines.site.model import Site
from pipelines.site.selection import Selection
from tests.repository.test_no_dismissal_wording import found_in
from tests.unit import fake_marts
from tests.unit.coaching_centre import QUARTER, TABLES, coverage, delivered, line, page, response, rows, site_of, text
from tests.unit.effects_centre import voice
from tests.unit.tiers_centre import with_book


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return site_of(tmp_path_factory.mktemp("marts"), rows())


@pytest.fixture(scope="module")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return site_of(tmp_path_factory.mktemp("marts"), fake_marts.empty())


@pytest.fixture(scope="module")
def without_log(centre: Site) -> Site:
    site = with_book(centre, "coaching", recent={}, quarters=(), mix=())
    site = with_book(site, "sheets", plans={}, progress={}, responses={})
    return replace(site, tables=tuple(delivered(*(name for name in TABLES if name != "coaching_log"))))


def context(site: Site) -> CoachingPage:
    return coaching.coaching(Selection(site, "../"))


# ---------- what must never be there
def test_nobody_is_named_and_nobody_can_be_found_in_what_the_page_knows(centre: Site) -> None:
    shown = replace(context(centre), status=None)  # type: ignore[arg-type]
    assert not re.search(r"'A\d'", repr(shown))
    for language in LANGUAGES:
        said = text(page(centre, language))
        assert not [name for names in fake_marts.AGENTS.values() for name in names if name in said]
        assert "I would like to sit beside" not in said
        assert found_in(said) == []


def test_a_hostile_team_name_fires_nothing(centre: Site) -> None:
    named = replace(centre.entities["team", "T1"], name_en=fake_marts.HOSTILE, name_zh=fake_marts.HOSTILE)
    site = replace(centre, entities={**centre.entities, ("team", "T1"): named})
    for language in LANGUAGES:
        said = page(site, language)
        assert "<script" not in said
        assert "{{ 7 * 7 }}" in text(said)


# ---------- the answer
def test_the_answer_says_who_waits_which_goals_slip_and_what_can_be_said_of_effects(centre: Site) -> None:
    said = _coaching_words.answer(voice(centre), context(centre))
    assert said[0].startswith("4 of 6 people had a talk (1 Jan 2024 to 31 Mar 2024).")
    assert said[0].endswith("Longer than 35 days without one (new people: 14 days): 2.")
    assert said[1] == "Open goals: 4, of these slipping: 1, past their day and not closed: 1."
    assert said[2].startswith("A measurable gain: Works in Answer rate.")


def test_where_all_is_well_that_is_what_it_says(centre: Site) -> None:
    site = with_book(centre, "coaching", recent={"centre": coverage("centre", "centre", 6, 6, 0)})
    site = with_book(site, "sheets", plans={"A1": centre.books["sheets"].plans["A1"]})  # type: ignore[attr-defined]
    said = _coaching_words.answer(voice(site), context(site))
    assert "and nobody has gone longer than 35 days without one (new people: 14 days)." in said[0]
    assert said[1] == "Open goals: 1. None slips and none is past its day."


def test_without_a_programme_that_aims_at_a_measure_nothing_is_said_to_help(centre: Site) -> None:
    site = with_book(centre, "effects", effects={})
    assert _coaching_words.verdict(voice(site), context(site)).startswith("Whether coaching helps cannot be said")


# ---------- who is reached
def test_teams_stand_in_order_of_name_and_lead_to_their_guides(centre: Site) -> None:
    teams = context(centre).teams
    assert [team.link.name_en for team in teams] == ["Birch", "Cedar"]
    assert all(team.link.href == f"../guides/{centre.slugs['team', key]}.html" for key, team in zip(("T1", "T2"), teams, strict=True))  # fmt: skip  # noqa: E501
    said = page(centre)
    below = said.partition("Does it reach everybody?</h2>")[0]
    assert teams[0].link.href in below


def test_a_team_of_too_few_people_has_a_door_but_no_figures(centre: Site) -> None:
    said = page(centre)
    assert line(said, "Cedar").split() == ["Cedar", "too", "few", "people", "to", "show"]
    assert "78" not in text(said)
    small = context(centre).teams[1]
    assert (small.coverage, small.minutes, small.is_small) == (None, None, True)


def test_what_is_not_known_is_a_dash_and_a_team_without_a_talk_says_so(centre: Site) -> None:
    assert line(page(centre), "Birch").split("2 of 3")[1].split() == ["1", "41", "–", "80%", "no", "talk", "yet"]


def test_talks_that_follow_failures_are_set_beside_planned_ones_with_the_reason_why(centre: Site) -> None:
    said = text(page(centre))
    assert "Planned: 6 talks, that is 67% of those whose occasion is noted; after something had gone wrong: 3." in said
    assert "coaching turns into telling" in said


def test_unknown_occasions_are_not_guessed(centre: Site) -> None:
    row = coverage("centre", "centre", 6, 4, 2, proactive_share=None)
    assert _coaching_words.occasions(voice(centre), row) == [
        "Whether talks were planned or followed a failure is not noted in the log."
    ]


def test_groups_that_are_too_small_are_named_without_a_figure(centre: Site) -> None:
    tier, tenure = context(centre).shares
    assert [group.group_name for group in tier.groups] == ["high", "mid"]
    assert (tier.hidden, tenure.hidden) == (("low",), ("0-30",))
    assert tier.domain == (0.0, 49.4)
    said = text(page(centre))
    assert "Not shown, because fewer than 3 people are in one of them: needs support." in said
    assert "high people: 12" in said


# ---------- time
def test_the_talks_that_fit_stand_beside_the_hours(centre: Site) -> None:
    found = page(centre).split("Is there time for it?</h2>")[1]
    assert line(found, "Birch").split() == ["Birch", "2", "of", "3", "135", "min", "90", "min"]
    assert "Cedar" not in found.split("</table>")[0]


def test_coaching_time_stands_beside_what_customers_met_in_the_same_quarter(centre: Site) -> None:
    found = page(centre).split("Does coaching cost service?")[1]
    assert line(found, "Minutes of coaching per person").split()[-2:] == ["24", "39"]
    assert line(found, "Answer rate").split()[-2:] == ["–", "81.4%"]
    assert context(centre).quarters[1].window_start == QUARTER


# ---------- goals and people's own part
def test_goals_are_counted_once_and_those_of_people_who_left_not_at_all(centre: Site) -> None:
    goals = context(centre).goals
    assert dict(goals.open) == {"slipping": 1, "overdue": 1, "no_figure": 1, "on_track": 1}
    assert goals.due == (("reached", 1), ("not_reached", 1))
    assert goals.anyway == (("beyond", 1), ("as_predicted", 1))


def test_what_would_have_happened_anyway_stands_beside_what_was_reached(centre: Site) -> None:
    said = text(page(centre))
    assert "1 reached 1 not reached" in said
    assert "1 better than was to be expected without coaching 1 about what was to be expected" in said


def test_peoples_own_view_counts_in_the_goals_of_these_weeks_only(centre: Site) -> None:
    said = _coaching_goals.own_view(voice(centre), context(centre).goals)
    assert said == "Goals agreed in these weeks: 4; with the person's own view: 1; confirmed by the person: 1."


def test_disputes_are_told_with_the_longest_wait_and_comments_are_no_disputes(centre: Site) -> None:
    assert _coaching_goals.disputes(voice(centre), context(centre).answers) == [
        "Disputes without an answer: 2; the oldest has waited for 11 days.",
        "Answered: 1, each within 7 days; in 1 of them something was corrected.",
    ]


def test_no_answers_delivered_is_not_the_same_as_no_dispute(centre: Site) -> None:
    assert "so it is not known whether anybody disputes" in text(page(with_book(centre, "sheets", responses={})))
    comment = response(1, "A0", kind="comment", days_open=9)
    site = with_book(centre, "sheets", responses={"A0": (comment,)})
    assert "No dispute is waiting for an answer." in text(page(site))


# ---------- degrading
@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_log_the_page_says_so_and_still_leads_to_the_guides(without_log: Site, language: str) -> None:
    said = page(without_log, language)
    assert {"en": "No coaching log was delivered", "zh": "没有收到辅导记录"}[language] in said
    assert without_log.slugs["team", "T1"] in said
    assert {"en": "Had a talk", "zh": "太久没谈"}[language] not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_centre_that_delivered_nothing_gets_a_page_without_a_table(nothing: Site, language: str) -> None:
    said = page(nothing, language)
    assert "<table" not in said
    assert {"en": "What this page cannot say", "zh": "这一页说不了什么"}[language] in said


def test_without_an_order_of_talks_nothing_is_said_of_hours(centre: Site) -> None:
    assert "Talks that fit into this week" not in page(with_book(centre, "coaching", schedule={}))


# ---------- the overview
def test_the_overview_has_two_sentences_and_the_way_in(centre: Site) -> None:
    part = coaching.on_overview(Selection(centre, ""))
    assert part
    assert part.href == "coaching/index.html"
    assert _coaching_words.on_overview(voice(centre), part) == [
        "Longer than 35 days without a talk, or sooner if new: 2 of 6 people.",
        "Open goals: 4, of these slipping: 1, past their day and not closed: 1.",
    ]
    template = pages._environment("zh").get_template("areas/coaching_overview.html.j2")
    assert 'href="coaching/index.html"' in template.render(part=part, say=voice(centre, "zh"))


def test_the_overview_says_nothing_without_a_log(without_log: Site) -> None:
    assert coaching.on_overview(Selection(without_log, "")) is None
