"""The one-to-one sheet and the journal: what stands on them, in which order, of whom. Cards: test_area_sheets_cards."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from pipelines.marts import (
    CoachingCause,
    CoachingEvidence,
    CoachingFocus,
    CoachingPlan,
    Entity,
    Tier,
    TrainingStage,
)
from pipelines.settings import LANGUAGES
from pipelines.site.advice import library
from pipelines.site.areas import sheets
from pipelines.site.areas._sheet_contexts import Fact
from pipelines.site.model import Site
from pipelines.site.selection import Selection
from tests.repository.test_no_dismissal_wording import found_in
from tests.unit import fake_marts
from tests.unit.sheets_centre import (
    ASKS,
    agent_of,
    centre,
    context,
    html,
    item,
    paper,
    parts,
    row,
    section,
    short_of,
    site_of,
    text,
    voice,
    without,
)
from tests.unit.tiers_centre import PEOPLE, tier, with_book

Build = Callable[[fake_marts.Rows], Site]
FACTS = ("items_missed", "course_not_taken", "answer_rate", "hours_beyond_plan", "long_handling", "broad_change",
         "uneven_work")  # fmt: skip
"""Codes of fct_coaching_cause; the third is a KPI's own figure, as occupancy is."""
SENTENCE = re.compile(r"(?:[A-Za-z'’-]+ ){3,}[A-Za-z]+")
"""Four English words in a row."""


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return lambda rows: site_of(tmp_path_factory.mktemp("marts"), rows)


@pytest.fixture(scope="module")
def site(build: Build) -> Site:
    return build(centre())


def with_focus(site: Site, *rows: CoachingFocus) -> Site:
    return with_book(site, "sheets", focus={"A0": rows})


def with_tiers(site: Site, *rows: Tier) -> Site:
    return with_book(site, "tiers", tiers={row.agent_id: (row,) for row in rows})


# ---------- order and amount
@pytest.mark.parametrize(
    ("language", "headings"),
    [
        ("en", ["What goes well", "What matters now", "Moments to talk about", "Questions to ask",
                "The agent's own view", "What we agreed before", "What we agree today", "To practise",
                "Along the way"]),
        ("zh", ["做得好的地方", "眼下的重点", "拿来聊的具体事例", "可以这样问", "坐席自己的看法", "之前约定的事",
                "今天约定的事", "练一练", "一路上"]),
    ],
)  # fmt: skip
def test_strengths_come_first_and_every_part_has_its_place(site: Site, language: str, headings: list[str]) -> None:
    assert list(parts(html(site, language, "A0"))) == headings


def test_at_most_two_priorities_and_two_cards_stand_on_paper(site: Site) -> None:
    found = paper(html(site, "en", "A0"))
    assert found.count('class="fw-priority"') == 2
    assert found.count('class="fw-moment"') == 2
    assert "Abandon rate" not in text(found)
    assert html(site, "en", "A0").count('class="fw-moment"') == 3


def test_the_head_names_team_leader_period_and_day_and_what_the_talk_is_for(site: Site) -> None:
    head = text(paper(html(site, "en", "A0")).partition("<h2>")[0])
    assert "Wilhelmina Featherstonehaugh-Montgomery" in head
    assert "team leader Bartholomew Weatherby-Winterbourne · figures of Q1 2024 · complete weeks to 31 Mar 2024" in head
    low, placed = library("en")("tiers", "low").line, library("en")("combinations", "low.restart").line
    assert head.endswith(f"Tier: needs support (sure: at least 8 in 10). {low} {placed}")
    assert "分层：需支持（有把握：八成以上）。" in text(html(site, "zh", "A0"))


def test_without_a_named_place_the_cause_decides_what_the_talk_is_for(site: Site) -> None:
    here = with_tiers(with_book(site, "talent", places={}), tier("A0", "mid", 66.0, (0.1, 0.8, 0.1), strength="firm"))
    assert library("en")("combinations", "mid.workload").line in text(html(here, "en", "A0"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_called_low(site: Site, language: str) -> None:
    cases = (("A0", "low", None), ("A1", "mid", "low"), ("A2", "mid", "high"))
    here = with_tiers(
        site,
        *(
            tier(key, code, 55.0, (0.0, 0.48, 0.52), strength="borderline", borderline=near)
            for key, code, near in cases
        ),
    )
    for key, _, _ in cases:
        head = text(html(here, language, key).partition("<h2>")[0])
        assert not re.search(r"\blow\b|低绩效", head)
        assert found_in(text(html(here, language, key))) == []


@pytest.mark.parametrize(
    ("code", "said", "days"), [("new_starter", "New starter: no tier", 14), ("not_enough_evidence", "Not enough", 35)]
)
def test_without_a_tier_the_purpose_is_still_said_and_a_new_starter_is_seen_sooner(
    site: Site, code: str, said: str, days: int
) -> None:
    here = with_tiers(site, tier("A0", code, 66.0, (0.1, 0.6, 0.3)))
    head = text(html(here, "en", "A0").partition("<h2>")[0])
    assert said in head
    assert library("en")("tiers", code).line in head
    assert f"look again within {days} days" in parts(html(here, "en", "A0"))["What we agree today"]


# ---------- strengths and priorities
def test_a_strength_says_what_it_is_compared_with(site: Site) -> None:
    found = parts(html(site, "en", "A0"))["What goes well"]
    assert "Speed of answer: about 42.0 s, expected at most 1 min." in found
    assert "“Acknowledges the customer's feelings”: only 3% of its points lost, colleagues 14%." in found
    assert "10 Mar 2024 14:00:23 contact C-2403-0005 您先别着急" in found
    assert "先接住情绪，再办事情" in parts(html(site, "zh", "A0"))["做得好的地方"]


def test_without_strengths_the_sheet_invites_to_write_down_what_was_heard(site: Site) -> None:
    found = html(site, "en", "A3")
    assert "Heard and seen:" in parts(found)["What goes well"]
    assert '<div class="fw-lines fw-one"></div>' in found.partition("What goes well")[2].partition("<h2>")[0]


def test_a_priority_says_figure_target_range_share_cause_and_form(site: Site) -> None:
    found = parts(html(site, "en", "A0"))["What matters now"]
    assert "Answer rate About 72.1% (likely 68.9% to 75.2%), expected at least 80.0%." in found
    assert "Of the gap of 7.9 percentage points, 41% is shared by the centre and the team and not yours." in found
    assert "May lie behind it: workload. Busy 93.0% of the time, the centre 84.0%." in found
    assert "Suggested: one-to-one, as it is yours alone." in found
    assert f"{ASKS} 11 of 34 missed (32%), colleagues 14%; without chance likely 24% to 51%." in found
    assert "Suggested: role-play, as doing helps more than hearing." in found


@pytest.mark.parametrize(
    ("parts_of_gap", "said"),
    [
        ({"shared_share": 0.0}, "The centre and the team do reach it, so none of this gap is shared."),
        ({"gap_team": 0.0}, "41% is shared by the whole centre and not yours."),
        ({"gap_centre": 0.0}, "41% is shared by the team and not yours."),
    ],
)
def test_what_is_shared_is_said_to_be_shared_by_whom_it_is(site: Site, parts_of_gap: dict[str, Any], said: str) -> None:
    here = with_focus(site, short_of("A0", 1, "answer_rate", **parts_of_gap))
    assert said in parts(html(here, "en", "A0"))["What matters now"]


def test_a_cause_that_nobody_knows_is_asked_for(site: Site) -> None:
    here = with_focus(site, short_of("A0", 1, "answer_rate", cause="unknown"))
    assert "What lies behind it nobody knows yet: ask." in parts(html(here, "en", "A0"))["What matters now"]
    assert "背后是什么还没人知道：先问。" in parts(html(here, "zh", "A0"))["眼下的重点"]
    assert library("en")("causes", "unknown")["ask"][0] in text(html(here, "en", "A0"))


def test_every_fact_behind_a_cause_has_words_for_and_against_and_not_delivered(site: Site) -> None:
    found = text(html(site, "en", "A0").partition('<div class="fw-off-paper">')[2])
    for said in (
        f"“{ASKS}” missed in 32%, by colleagues in 14%.",
        "The course “Questions that open a conversation” was not attended yet.",
        "Hours beyond the plan: 0.4 hours, colleagues 1.2 hours.",
        "Too little is known of earlier months.",
        "Answer rate in Phone · Billing · other: 71.0%, in other work 72.0%.",
        "Illness, absence and family are never looked at.",
    ):
        assert said in found
    assert "电话 · 账单 · other的接通率" in text(html(site, "zh", "A0"))


@pytest.mark.parametrize("fact", FACTS)
@pytest.mark.parametrize("speaks", ["for", "against", "not_delivered"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_fact_of_the_mart_is_without_words(site: Site, fact: str, speaks: str, language: str) -> None:
    row = replace(site.books["sheets"].causes["A0"][0], fact=fact, speaks=speaks, detail="x", kpi_id="answer_rate")  # type: ignore[attr-defined]
    assert sheets.causes.said(voice(site, language), Fact(row, ()))


# ---------- questions, plan, practice
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", PEOPLE)
def test_three_or_four_questions_and_none_twice(site: Site, key: str, language: str) -> None:
    found = sheets.talk.questions(voice(site, language), context(site, key))
    assert 3 <= len(found) == len(set(found)) <= 4


def test_questions_follow_the_priorities_in_their_order(site: Site) -> None:
    held, found = library("en"), sheets.talk.questions(voice(site, "en"), context(site, "A0"))
    assert found[0] == held("kpis", "answer_rate")["reality"][0]
    assert found[1] == held("causes", "workload")["ask"][0]
    assert found[2] == held("techniques", "need_not_asked")["questions"][0]


def test_new_plan_rows_are_suggested_and_left_to_be_written(site: Site) -> None:
    short, long = sheets.talk.suggestions(voice(site, "en"), context(site, "A0"))
    assert (short.goal, short.measure) == ("Answer rate", "at least 80.0%")
    assert (long.goal, long.measure) == (ASKS, "at most 14% missed")
    assert long.step == library("en")("techniques", "need_not_asked")["steps"][0]
    found = html(site, "en", "A0").partition("What we agree today")[2].partition("</table>")[0]
    assert found.count("<td></td>") >= 4


def test_a_role_play_is_given_its_first_line_and_a_mentor_is_named_with_the_team(site: Site) -> None:
    found = parts(html(site, "en", "A0"))
    assert library("en")("techniques", "need_not_asked")["scenario"]["customer"] in found["To practise"]
    assert "Maximiliano Hollingsworth-Cavendish (same team) agreed to be asked." in found["Along the way"]
    assert "To lead a small team of my own in two years" in found["Along the way"]


def test_a_mentor_for_another_skill_is_not_suggested(site: Site) -> None:
    (match,) = site.books["sheets"].mentors["A0"]  # type: ignore[attr-defined]
    here = with_book(site, "sheets", mentors={"A0": (replace(match, dimension="language"),)})
    assert "agreed to be asked" not in html(here, "en", "A0")


def test_the_paper_ends_with_signatures_and_who_decides_about_employment(site: Site) -> None:
    for language, said in (("en", "between the two of you. Decisions about someone"), ("zh", "只属于你们两个人。")):
        foot = text(paper(html(site, language, "A0")).partition("<footer")[2])
        assert said in foot
    assert "听取员工本人意见之后" in text(html(site, "zh", "A0"))


# ---------- what was not delivered
@pytest.mark.parametrize(
    ("table", "part", "said"),
    [
        ("coaching_log", "What we agreed before", "The coaching log was not delivered."),
        ("complaints", "Moments to talk about", "Complaints were not delivered"),
    ],
)
def test_what_was_not_delivered_is_said_in_its_part(build: Build, table: str, part: str, said: str) -> None:
    site = build(without(table))
    assert said in parts(html(site, "en", "A0"))[part]
    assert "Traceback" not in html(site, "zh", "A0")


def test_without_monitored_contacts_there_is_room_for_one_that_both_know(build: Build) -> None:
    site = build(without("qa_scores", "complaints"))
    assert parts(html(site, "en", "A0"))["Moments to talk about"].startswith("Monitored contacts (QA) were not")
    assert "没有收到质检记录" in text(html(site, "zh", "A0"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_centre_that_delivered_contacts_only_still_has_sheets_and_journals(build: Build, language: str) -> None:
    site = build(fake_marts.centre())
    for key in fake_marts.AGENTS:
        assert paper(html(site, language, key))
        assert paper(html(site, language, key, "journal"))
        assert section(site, language, key)


def test_nobody_who_left_has_a_sheet(site: Site) -> None:
    gone = replace(agent_of(site, "A1"), is_current=False)
    assert sheets.sheet(Selection(site, "../"), gone) is None
    assert sheets.journal(Selection(site, "../"), gone) is None
    assert sheets.on_agent(Selection(site, "../"), gone) is None


# ---------- the journal and the person's page
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_journal_holds_no_tier_nobody_elses_name_and_no_figure_but_the_own_goals(site: Site, language: str) -> None:
    found = text(html(site, language, "A0", "journal"))
    own_goals = re.sub(r"(?:from|由).{0,12}70\.2%.{0,12}80\.0%", "", found)
    assert not re.search(r"\d%|Tier|分层|needs support|需支持", own_goals)
    others = {names[language == "zh"] for key, names in PEOPLE.items() if key != "A0"}
    assert not [name for name in others if re.search(rf"\b{name}\b", found)]
    assert html(site, language, "A0", "journal").count('class="fw-box"') == 7 * 5


def test_a_journal_without_goals_leaves_a_row_for_one_of_ones_own(site: Site) -> None:
    assert "A goal of my own" in text(html(site, "en", "A3", "journal"))


def test_the_persons_page_leads_to_both_and_says_what_matters_in_one_line(site: Site) -> None:
    found = section(site, "en", "A0")
    stem = site.slugs["agent", "A0"]
    assert f'href="../sheets/{stem}.html"' in found
    assert f'href="../journals/{stem}.html"' in found
    assert f"What matters now: Answer rate and “{ASKS}”." in text(found)
    assert "Nothing stands out that would be this person's alone." in text(section(site, "en", "A3"))


# ---------- languages and strangers' texts
def test_chinese_sheets_hold_no_english_sentence_but_what_people_said(site: Site) -> None:
    own_words: dict[str, Any] = {name: {} for name in ("plans", "evidence", "causes", "responses", "mentors")}
    asked = item("A0", "priority", 2, ASKS, 11, 34, error_type="need_not_asked")
    here = with_focus(with_book(site, "sheets", **own_words), short_of("A0", 1, "answer_rate"), asked)
    for key in PEOPLE:
        for kind in ("sheet", "journal"):
            found = text(html(here, "zh", key, kind)).replace("Bartholomew Weatherby-Winterbourne", "")
            assert not SENTENCE.findall(found), key


def test_hostile_texts_stay_text(build: Build) -> None:
    hostile, rows = fake_marts.HOSTILE, centre()
    turned = f"a\u202e\x01\u200bb {hostile}"
    rows[CoachingEvidence] = [replace(each, quote=turned, contact_id=hostile) for each in rows[CoachingEvidence]]
    rows[CoachingPlan] = [
        replace(each, agent_comment=hostile, career_goal=hostile, measure=hostile, steps=hostile)
        for each in rows[CoachingPlan]
    ]
    rows[CoachingCause] = [replace(each, detail=hostile) if each.detail else each for each in rows[CoachingCause]]
    rows[CoachingFocus] = [replace(each, item=hostile) if each.item else each for each in rows[CoachingFocus]]
    rows[Entity] = [
        replace(each, name_en=hostile, name_zh=hostile) if each.grain == "agent" else each for each in rows[Entity]
    ]
    site = build(rows)
    for kind in ("sheet", "journal"):
        for language in LANGUAGES:
            found = html(site, language, "A0", kind)
            assert "<script" not in found
            assert "&lt;script&gt;" in found
            assert "{{ 7 * 7 }}" in text(found)
        assert "\u202e" not in html(site, "en", "A0", kind)
    assert "ab &lt;script&gt;" in html(site, "en", "A0")


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Foundation courses: Products · Systems"), ("zh", "基础课：产品 · 系统")]
)
def test_courses_not_attended_stand_below_the_paper_by_stage(site: Site, language: str, said: str) -> None:
    missing = row(
        TrainingStage, grain="agent", entity_id="A0", stage="foundation", courses=3, people=1, people_all=0,
        people_some=1, people_none=0, missing_courses_en="Products · Systems", missing_courses_zh="产品 · 系统",
    )  # fmt: skip
    found = html(with_book(site, "sheets", courses={"A0": (missing,)}), language, "A0")
    assert said in text(found)
    assert said not in text(paper(found))
