"""The coaching guide: what stands in each stage, whose data it is. Its words, case by case: test_area_guides_words."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.marts import (
    CoachingSchedule,
    KpiValue,
)
from pipelines.settings import LANGUAGES
from pipelines.site import templates
from pipelines.site.advice import STAGES, library
from pipelines.site.areas import _guide_stages, guides
from pipelines.site.model import Site
from pipelines.site.selection import Selection
from tests.repository.test_no_dismissal_wording import found_in
from tests.unit import fake_marts
from tests.unit.guides_centre import (
    HOSTILE,
    PEOPLE,
    again,
    answer,
    context,
    html,
    plan,
    rows,
    scene,
    section,
    site_of,
    stage,
    text,
    turn,
    with_book,
    with_people,
    without,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("marts")


@pytest.fixture(scope="module")
def centre(folder: Path) -> Site:
    return site_of(folder, rows())


@pytest.fixture(scope="module")
def thin(centre: Site, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The same centre without most of its tables."""
    found = without("qa_scores", "complaints", "training", "coaching_log", "surveys")
    return again(centre, folder, tmp_path_factory.mktemp("thin"), found)


@pytest.fixture(scope="module")
def nothing(centre: Site, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A centre of which nothing about coaching is known."""
    return again(centre, folder, tmp_path_factory.mktemp("nothing"), fake_marts.centre())


def order() -> list[CoachingSchedule]:
    """Birch's talks as the mart has them."""
    return [row for row in rows()[CoachingSchedule] if row.team_id == "T1"]


def with_schedule(site: Site, talks: list[CoachingSchedule]) -> Site:
    return with_book(site, "guides", schedule={"T1": tuple(talks)})


# ---------- whose guide it is
@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_of_another_team_and_nobody_who_has_left_stands_in_a_guide(centre: Site, language: str) -> None:
    found = html(centre, language)
    place = LANGUAGES.index(language)
    named = {key for key, names in PEOPLE.items() if re.search(rf"(?<![A-Za-z]){re.escape(names[place])}", text(found))}
    assert named == {"A0", "A1", "A2"}
    assert "Cedar" not in found
    pages_of = {key for key in PEOPLE if centre.slugs["agent", key] in found}
    assert pages_of == {"A0", "A1", "A2"}


def test_a_row_that_names_the_team_but_somebody_elses_person_is_left_out(centre: Site) -> None:
    others = [turn("A4", 4, "asked", 75), turn("A5", 5, "asked", 75)]
    site = with_schedule(centre, [*order(), *others])
    assert [each.person.agent_id for each in context(site).prepare.turns] == ["A1", "A0", "A2"]


def test_a_team_without_people_has_neither_guide_nor_section(centre: Site) -> None:
    site = with_people(centre, is_current=False)
    assert context(site) is None
    assert section(site, "en") == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_names_and_quotes_stay_text(centre: Site, language: str) -> None:
    found = html(centre, language)
    assert not re.search(r"<(script|img|b>now)", found)
    assert "&lt;script&gt;alert" in found
    assert "&lt;img src=x onerror=alert(1)&gt;" in found
    assert "Trainer &lt;b&gt;now&lt;/b&gt;" in found
    assert "\u202e" not in found


# ---------- top and contents
def test_the_nine_stages_stand_in_order_with_the_minutes_of_the_advice(centre: Site) -> None:
    found = html(centre, "en")
    contents = found.split("<nav")[1].split("</nav>")[0]
    assert re.findall(r'href="#([a-z_]+)"', contents.split("</ol>")[0]) == list(STAGES)
    assert re.findall(r'<h2 id="([a-z_]+)" class="fw-guide-stage"', found) == list(STAGES)
    for name in STAGES:
        advice = library("en")("stages", name)
        assert (f"{advice.title} {advice['minutes']} min" in text(contents)) == (advice["minutes"] > 0)
        assert advice.line in stage(found, name)


def test_the_guide_answers_first_what_changed_whose_it_is_and_whom_to_see(centre: Site) -> None:
    found = text(html(centre, "en"))
    said = (
        "Customer satisfaction (mean) is worse than usual",
        "the whole centre falls short on Customer satisfaction (mean), this team as a whole on Speed of answer",
        "Begin with Uma: the goal on Answer rate is slipping. This week's coaching time (1 h) reaches 2 of 3 people.",
        "Prepare whom to see first",
    )
    places = [found.index(sentence) for sentence in said]
    assert places == sorted(places)


# ---------- 1 prepare
@pytest.mark.parametrize(("language", "cut"), [("en", "This week's 1 h reach to here"), ("zh", "本周 1 小时谈到这里")])
def test_the_cut_line_stands_where_the_mart_says(centre: Site, language: str, cut: str) -> None:
    names = [PEOPLE[key][LANGUAGES.index(language)] for key in ("A1", "A0", "A2")]
    earlier = with_schedule(centre, [replace(row, is_within_hours=row.position == 1) for row in order()])
    for site, reached in ((centre, 2), (earlier, 1)):
        found = text(html(site, language)).split("1 Prepare" if language == "en" else "1 准备")[1]
        places = [found.index(part) for part in (*names[:reached], cut, *names[reached:])]
        assert places == sorted(places)


def test_where_the_hours_reach_everybody_there_is_no_cut_line(centre: Site) -> None:
    rows_of = [replace(row, is_within_hours=True, hours_available=6.0) for row in order()]
    said = text(html(with_schedule(centre, rows_of), "en"))
    assert "This week's coaching time (6 h) reaches everybody." in said
    assert "75 of 75 suggested minutes fit into the 6 h of this week." in said
    assert "reach to here" not in said


def test_the_order_says_reason_last_talk_form_and_minutes_and_the_minutes_that_fit(centre: Site) -> None:
    found = stage(html(centre, "en"), "prepare")
    assert "Uma the goal on Answer rate is slipping Also: no talk for a long time; something to praise" in found
    assert "days since the last talk: 12 · one-to-one · 30 min" in found
    assert "Tia not in a plan yet: “Owns the matter” no talk on record · role-play · 30 min" in found
    assert "60 of 75 suggested minutes fit into the 1 h of this week." in found


def test_what_is_systemic_is_listed_with_its_owner_and_not_for_a_talk(centre: Site) -> None:
    found = stage(html(centre, "en"), "prepare").split("Not to be coached")[1]
    assert "Customer satisfaction (mean): take it to those who keep the knowledge base, and look first at" in found
    assert "“Knowledge base: articles”." in found
    assert "Speed of answer: the team as a whole." in found


def test_names_lead_to_the_sheet_and_the_workbook_is_linked_only_where_one_is_made(centre: Site) -> None:
    found = html(centre, "en")
    assert f'<a href="../sheets/{centre.slugs["agent", "A1"]}.html">Uma</a>' in found
    assert f'<a href="../journals/{centre.slugs["agent", "A1"]}.html">Uma</a>' in found
    assert "files/coaching" not in found
    with_workbooks = replace(centre, books={**centre.books, "workbooks": object()})
    assert f'href="../files/coaching/{centre.slugs["team", "T1"]}.xlsx"' in html(with_workbooks, "en")


# ---------- 2, 3, 4
def test_everybody_has_something_to_open_with_and_strengths_say_what_the_sheet_says(centre: Site) -> None:
    found = stage(html(centre, "en"), "relationship")
    assert re.search(r"Tia Answer rate: about 88.0%.* Also: “Explains holds”\.", found)
    assert "Uma No figure is surely above its standard yet: open with something you saw yourself." in found
    assert "Wants to become: Trainer <b>now</b>" in found


def test_a_moment_is_quoted_only_when_complete_and_the_others_say_what_they_lack(centre: Site) -> None:
    found = stage(html(centre, "en"), "feedback")
    assert "Tia 21 Mar 2024 14:00:23, “I had no notice," in found
    assert "(Passing the customer on, from a justified complaint) Cards: 2 to talk about, 1 to praise." in found
    assert not re.search(r"\bUma\b", found.split("How to do it")[0])
    assert (
        "Moments that are no cards yet: 3. Without words: 1, without a time: 1, without a technique: 1, without their "
        "contact: 1." in found
    )
    for who in ("whoever monitors contacts", "whoever keeps the library", "whoever records complaints"):
        assert who in found


def test_a_priority_with_an_open_goal_is_not_asked_for_again(centre: Site) -> None:
    found = stage(html(centre, "en"), "action_plan")
    assert re.search(r"Tia Owns the matter \(perhaps skill; role-play, because it is learnt by doing\)", found)
    assert library("en")("techniques", "evading").line in found
    assert not re.search(r"Uma Answer rate \(", found)


def test_goals_that_cannot_be_followed_say_what_they_lack(centre: Site) -> None:
    found = stage(html(centre, "en"), "action_plan")
    assert "Uma two calm calls a day, agreed on 4 Mar 2024: without steps, who does it and a day" in found
    assert found.count("agreed on 4 Mar 2024: without") == 1
    assert [goal.lacks for goal in context(centre).goals if goal.plan.agent_id == "A2"] == [(), (), ()]


# ---------- 5 track
def test_goals_stand_by_state_with_their_path_and_what_would_have_happened_anyway(centre: Site) -> None:
    found = stage(html(centre, "en"), "track")
    assert "Goals that need a talk: 2, of 2 people." in found
    counts = "■ slipping: 1 ◇ past its day and still open: 1 – followed by no figure: 1 ◆ achieved: 1"
    assert counts in found
    assert re.search(r"Uma Answer rate, from 70.0% to 80.0% by 8 Apr 2024 .*71.2%.*76.4%.*anyway \(70.9%\)", found)
    headings = ("■ slipping Uma", "Past the day and still open", "Reached: worth a word")
    places = [found.index(heading) for heading in headings]
    assert places == sorted(places)
    assert "The figures say it was reached: say so, and close it." in found


def test_goals_closed_long_ago_or_replaced_are_not_praised_today(centre: Site) -> None:
    assert "long ago" not in html(centre, "en")
    assert [goal.state for goal in context(centre).in_state("achieved", "reached")] == ["achieved"]


def test_without_an_open_goal_the_guide_says_so(centre: Site) -> None:
    site = with_book(centre, "sheets", plans={"A2": (plan("A2", 1, status="revised", is_open=False),)})
    assert "Nobody has an open goal." in stage(html(site, "en"), "track")


def test_a_measure_that_is_a_kpi_is_called_by_its_name(centre: Site) -> None:
    goal = plan("A1", 1, kpi_id=None, measure="average_talk_time", steps=None)
    site = with_book(centre, "sheets", plans={"A1": (goal,)})
    assert "Uma Average talk time, agreed on" in stage(html(site, "en"), "action_plan")


# ---------- 7 expectations
def test_changes_are_told_first_and_every_expectation_has_date_owner_and_weight(centre: Site) -> None:
    found = stage(html(centre, "en"), "expectations")
    assert "Answer rate: at least 80.0% since 1 Feb 2024, before that at least 75.0%; decided by Operations." in found
    assert (
        "Average talk time 1.10 times the value expected for such work – always starting value of this product" in found
    )
    assert "4.6" not in found


def test_a_role_with_expectations_of_its_own_is_held_to_those(centre: Site) -> None:
    found = tuple(replace(agent, role="vip" if agent.agent_id == "A0" else agent.role) for agent in centre.agents)
    said = stage(html(replace(centre, agents=found), "en"), "expectations")
    assert "For everybody" in said
    assert "For vip" in said
    assert "at least 4.60" in said


def test_own_work_is_followed_to_the_team_and_the_centre_with_the_marts_values(centre: Site) -> None:
    found = html(centre, "en")
    assert "Answer rate (weight 30%): every contact counts in the person's figure" in text(found)
    shown = set(re.findall(r'data-kpi="answer_rate" data-value="([^"]+)" data-period="month:2024-03-01"', found))
    wanted = {
        repr(row.value)
        for row in rows()[KpiValue]
        if (row.kpi_id, row.period_kind, str(row.period_start)) == ("answer_rate", "month", "2024-03-01")
        and row.entity_id in ("T1", "centre")
    }
    assert shown == wanted


def test_a_team_for_whose_work_nothing_is_expected_is_told_so(centre: Site) -> None:
    site = with_book(centre, "guides", expectations={})
    assert "agree on what good work means before looking at figures" in stage(html(site, "en"), "expectations")


# ---------- 8 role-play
def test_only_what_many_here_miss_more_often_than_elsewhere_is_a_group_topic(centre: Site) -> None:
    before, after = stage(html(centre, "en"), "role_play").split("What else was missed")
    assert "Passing the customer on: missed by 2 of 3 people; 30.0% of 80 items, elsewhere 17.0%." in before
    assert "Feelings passed over" not in before
    assert "As frequent everywhere: process, knowledge base or a course first." in after


def test_a_scenario_is_one_card_per_error_with_its_reasons_and_an_observers_sheet(centre: Site) -> None:
    kit = html(centre, "en").split('id="kit"')[1]
    technique = library("en")("techniques", "evading")
    assert kit.count("<article") == 1
    assert "Where it happens here Broken & late · unheard" in text(kit)
    for part in ("customer", "background", "twist"):
        assert technique["scenario"][part] in text(kit)
    assert kit.count('class="fw-guide-box"') == 6 * len(technique["observe"])
    assert "Own invention" not in kit


def test_without_a_scenario_that_can_be_played_there_is_no_kit(centre: Site) -> None:
    site = with_book(centre, "guides", scenes={"T1": (scene(1, "r<1>", "own_invention"),)})
    assert 'kit"' not in html(site, "en")


# ---------- 9 recognition
def test_praise_says_what_for_and_who_may_not_be_named_in_public(centre: Site) -> None:
    found = stage(html(centre, "en"), "gamification")
    assert "Reached together: Customer satisfaction (mean). Say it to the whole team first." in found
    assert (
        "Tia Answer rate better by 3.4 percentage points, chance taken out · a goal reached · "
        "own record in March 2024: Customer satisfaction (mean) 4.61 · badge: Steady hand" in found
    )
    assert "Uma goal on Answer rate reached Say it in private: no name in public." in found
    assert found.count("Say it in private") == 1


def test_somebody_who_never_chose_is_not_named_in_public(centre: Site) -> None:
    site = with_book(centre, "guides", public=frozenset())
    assert stage(html(site, "en"), "gamification").count("Say it in private") == 2


# ---------- the rest
def test_the_question_bank_holds_the_teams_priorities_and_places_only(centre: Site) -> None:
    found = html(centre, "en").split('id="bank"')[1].split("</section>")[0]
    asked = re.findall(r"<summary><strong>(.*?)</strong>", found)
    grow = library("en")("choosers", "grow").title
    kpis, place = ["Answer rate", "Customer satisfaction (mean)"], "Where somebody is engaged and still learning"
    assert asked == [*kpis, "Passing the customer on", grow, place]
    assert library("en")("kpis", "csat_mean")["reality"][0] in text(found)


def test_coaching_health_says_planned_and_reactive_talks_and_hides_small_groups(centre: Site) -> None:
    found = stage(html(centre, "en"), "health")
    assert "2 of 3 people had a talk; talks: 4, minutes per person: 37." in found
    assert "Planned talks: 1; after something went wrong: 3. Planned in the whole centre: 55%." in found
    assert "mid: 31 min per person (people: 7)" in found
    assert "needs support" not in found
    assert "up to 30 days" not in found


def test_the_quarter_review_tells_moves_between_tiers_and_calls_nobody_low(centre: Site) -> None:
    found = stage(html(centre, "en"), "review")
    assert "Tia needs support → mid sure: at least 8 in 10" in found
    assert "Uma mid → needs support" in found
    assert HOSTILE not in found
    assert not re.search(r"\blow\b", found)
    assert "../tiers/index.html" in html(centre, "en")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "First this week is Uma: the goal on Answer rate is slipping."),
        ("zh", "本周先和 武乙 谈：“接通率”的目标落后了。"),
    ],
)
def test_the_teams_answer_says_whom_to_see_first_and_the_section_where_goals_stand(
    centre: Site, language: str, said: str
) -> None:
    assert said in text(answer(centre, language))
    found = section(centre, language)
    assert {"en": "Goals: ■ slipping: 1", "zh": "目标： ■ 落后 1 个"}[language] in text(found)
    assert f'<a href="../guides/{centre.slugs["team", "T1"]}.html">' in found


# ---------- languages, wording, what is missing
def test_both_languages_show_the_same_figures_and_stages(centre: Site) -> None:
    english, chinese = html(centre, "en"), html(centre, "zh")
    for pattern in (r'data-value="([^"]+)"', r'id="([a-z_]+)"', r'href="([^"]+)"'):
        assert re.findall(pattern, english) == re.findall(pattern, chinese)


def test_the_chinese_guide_holds_no_english_sentence(centre: Site) -> None:
    own = {HOSTILE, "two calm calls a day", "Trainer <b>now</b>", "Words of Cedar"}
    found = re.sub(r"“[^”]*”", "", text(html(centre, "zh")))
    for words in own:
        found = found.replace(words, "")
    assert re.findall(r"(?:[A-Za-z'’-]+ ){3,}[A-Za-z]+", found) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_guide_threatens_nobody_and_ranks_nobody(centre: Site, language: str) -> None:
    found = text(html(centre, language))
    assert found_in(found) == []
    assert not re.search(r"(?i)\brank|\bworst\b|\bbonus|\blow perform|排名|末位|最差|奖金|低绩效", found)
    assert ("Decisions about someone's employment" if language == "en" else "听取员工本人意见之后") in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_table_that_is_missing_is_said_where_it_is_missed(thin: Site, language: str) -> None:
    found = html(thin, language)
    said = {
        "prepare": ("No coaching log was delivered", "没有收到辅导记录"),
        "feedback": ("No QA scores were delivered", "没有收到质检评分"),
        "track": ("No goals were delivered", "没有收到目标"),
        "self_coaching": ("Training was not delivered", "没有收到培训记录"),
        "role_play": ("Without QA scores nobody can see", "没有质检评分，看不出"),
        "health": ("Without a coaching log nothing can be said", "没有辅导记录，多久谈一次"),
    }
    for name, sentences in said.items():
        assert sentences[LANGUAGES.index(language)] in stage(found, name)
    top = text(found).split("Not delivered: " if language == "en" else "未收到：")[1]
    assert top.startswith("Table 1, Table 2, Table 3, Table 4 and Table 5" if language == "en" else "表1、表2")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_centre_of_which_nothing_about_coaching_is_known_still_has_a_guide(nothing: Site, language: str) -> None:
    found = text(html(nothing, language))
    assert ("No order of talks could be made" if language == "en" else "收到的数据排不出先后") in found
    assert ("agree on what good work means" if language == "en" else "先一起说清什么算做得好") in found


def test_links_to_other_pages_stand_only_where_the_site_has_them(centre: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(templates, "kinds", tuple)
    finder = Selection(centre, "../")
    assert _guide_stages.hrefs(finder) == ()
    assert {(person.sheet, person.journal) for person in _guide_stages.people(finder, centre.teams[0])} == {("", "")}
    assert f'<a href="../agents/{centre.slugs["agent", "A1"]}.html">Uma</a>' in html(centre, "en")
    assert guides.ORDER < 10
