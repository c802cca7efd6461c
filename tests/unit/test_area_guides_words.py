"""The words of the coaching guide: every code of the marts, every case of the sentences a leader reads first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import yaml

from pipelines import words
from pipelines.figures import figures
from pipelines.marts import CoachingSchedule, DeliveredTable, ErrorType
from pipelines.settings import LANGUAGES, PROJECT
from pipelines.site import advice, templates
from pipelines.site.areas import _guide_goals, _guide_health, _guide_talk, _guide_terms, _guide_words
from pipelines.site.areas._guide_contexts import Guide
from pipelines.site.areas._guide_parts import Goal, Health, Person, Praise, Prepare, Turn
from pipelines.site.fragments import Voice
from pipelines.site.parts import Column, Link
from pipelines.site.status import Status
from tests.unit import fake_marts
from tests.unit.guides_centre import FIRST, LAST, badge, coverage, plan, point, priority, progress, topic, turn

MARTS = PROJECT / "dbt_project" / "models" / "marts" / "coaching"
TIA = Person("A0", Link("agent", "Tia", "田甲", "../agents/a.html"), "../sheets/a.html", "")
NOTHING = Prepare((), (), None, 0, 0, (), (), False, "../systemic/index.html")
RATE = Column("answer_rate", "../kpis/answer_rate.html")


def voice(language: str) -> Voice:
    spoken = words.load(templates.TEMPLATES / "words", language)
    return Voice(spoken, figures(language), {kpi.kpi_id: kpi for kpi in fake_marts.KPIS})


EN, ZH = voice("en"), voice("zh")


def codes(model: str, column: str) -> set[str]:
    """Every code that a mart's contract accepts in a column."""
    described = yaml.safe_load((MARTS / f"{model}.yml").read_text(encoding="utf-8"))["models"][0]
    of_column = next(each for each in described["columns"] if each["name"] == column)
    for test in [*of_column.get("data_tests", ()), *described.get("data_tests", ())]:
        found = test.get("accepted_values", {}) if isinstance(test, dict) else {}
        arguments = {**found, **found.get("arguments", {})}
        if found and arguments.get("column_name", column) == column:
            return set(arguments["values"])
    raise AssertionError(f"{model}.{column} accepts anything")


def talk(**more: Any) -> Turn:
    row: CoachingSchedule = replace(turn("A0", 1, "routine", 30), **more)
    return Turn(TIA, row, (), ())


def guide(**more: Any) -> Guide:
    """A guide that holds nothing but what is given."""
    status = Status(LAST, FIRST, (), 0, "../data/index.html")
    link = Link("team", "Birch", "桦树组", "")
    empty: tuple[Any, ...] = ()
    base = Guide(
        link=link, leader=None, size=3, as_of=LAST, status=status, missing=(), period=None, lines=(), notices=(),
        errors=(ErrorType("evading", 1, None, None, "Passing the customer on", "推诿", "talk"),), prepare=NOTHING,
        openings=empty, heard=empty, planning=None, goals=empty, people=(TIA,), expected=empty, ladders=empty,  # type: ignore[arg-type]
        topics=empty, scenes=empty, praise=empty, team_goals=empty, bank=empty, techniques=empty, quadrants=empty,
        health=None, review=None, hrefs=empty,
    )  # fmt: skip
    return replace(base, **more)


def goal(state: str | None, **more: Any) -> Goal:
    return Goal(TIA, plan("A0", 1, **more), progress("A0", 1, state) if state else None)


# ---------- codes
@pytest.mark.parametrize("say", [EN, ZH], ids=LANGUAGES)
def test_every_reason_to_talk_has_words_of_its_own(say: Voice) -> None:
    reasons = codes("fct_coaching_schedule", "main_reason")
    said = {code: _guide_words.reason(say, talk(), code) for code in reasons}
    assert len(set(said.values())) == len(reasons) == 9
    assert all(said.values())


@pytest.mark.parametrize("say", [EN, ZH], ids=LANGUAGES)
def test_every_code_a_guide_meets_has_words_of_its_own(say: Voice) -> None:
    reasons = ("own_matter", "personal_matter", "team_shares_it", "practise_it")
    states = codes("fct_coaching_progress", "state") | {"overdue", "no_figure", "achieved"}
    said = [
        [_guide_terms.form(say, code) for code in codes("fct_coaching_schedule", "form")],
        [_guide_terms.cause(say, code) for code in codes("fct_coaching_focus", "cause")],
        [_guide_terms.why_form(say, code) for code in reasons],
        [_guide_terms.state(say, code) for code in states],
        [_guide_terms.verdict(say, code) for code in codes("fct_group_topic", "verdict")],
        [_guide_terms.lack(say, code) for code in ("measure", "steps", "owner", "due")],
        [_guide_terms.group(say, "tier", code) for code in advice.TIERS],
        [_guide_terms.group(say, "tenure", band) for band in ("0-30", "31-90", "91-180", "180+", "unknown")],
    ]
    for of_kind in said:
        assert all(of_kind)
        assert len(set(of_kind)) == len(of_kind)
    assert set(_guide_terms.STATES) == states
    assert all(_guide_terms.mark(say, code) for code in states)


def test_whoever_needs_support_is_never_called_low() -> None:
    assert _guide_terms.group(EN, "tier", "low") == "needs support"
    assert _guide_terms.group(ZH, "tier", "low") == "需支持"


# ---------- the top
def test_the_first_line_says_whether_the_figures_can_be_relied_on() -> None:
    table = DeliveredTable("training", 4, "Training", "培训", False, 0, 0, 0, None, None, None)
    refused = replace(table, table_name="surveys", label_en="Surveys", is_delivered=True, refused_rows=2)
    status = Status(LAST, FIRST, (table, refused), 0, "")
    assert _guide_words.trust(EN, guide()) == [
        "Figures to 31 Mar 2024.",
        "Everything this guide rests on was delivered.",
    ]
    assert _guide_words.trust(EN, guide(status=status, missing=("training",))) == [
        "Figures to 31 Mar 2024.",
        "Rows refused: Surveys 2.",
        "Not delivered: Training. What would rest on them is left out.",
    ]
    without = Status(None, None, (), 0, "")
    assert _guide_words.trust(ZH, guide(status=without)) == ["没有收到带日期的数据，这份指南能说的不多。"]


@pytest.mark.parametrize(
    ("centre", "team", "is_judged", "said"),
    [
        (True, True, True, "the whole centre falls short on"),
        (True, False, True, "It is the centre, not this team:"),
        (False, True, True, "This team as a whole falls short on"),
        (False, False, True, "Neither the centre nor this team as a whole falls short by more than chance."),
        (False, False, False, ""),
    ],
)
def test_whose_a_shortfall_is_gets_one_sentence(centre: bool, team: bool, is_judged: bool, said: str) -> None:
    class Wide:
        column = RATE

    part = replace(
        NOTHING, centre=(Wide(),) if centre else (), team=(RATE,) if team else (), is_judged=is_judged  # type: ignore[arg-type]
    )  # fmt: skip
    found = _guide_words.whose(EN, guide(prepare=part))
    assert said in found
    assert bool(found) == bool(said)


def test_without_weeks_no_change_is_claimed_and_none_denied() -> None:
    assert "too few weeks" in _guide_words.changed(EN, guide())


def test_a_leader_is_named_where_known() -> None:
    assert _guide_words.below(EN, guide(leader="Li\u202e Na")) == "For Li Na · people: 3"
    assert _guide_words.below(ZH, guide()) == "供班组长使用 · 组员 3 人"


def test_without_an_order_of_talks_nobody_is_named_first() -> None:
    assert _guide_words.first(EN, guide()) == ""


# ---------- reasons with what they are about
def test_a_reason_says_what_it_is_about_where_that_is_known() -> None:
    slipping = replace(talk(), goals=(goal("slipping"),))
    assert _guide_words.reason(EN, slipping, "plan_slipping") == "the goal on Answer rate is slipping"
    assert _guide_words.reason(EN, slipping, "plan_due") == "a goal due on 8 Apr 2024"
    unplanned = replace(talk(), priorities=(priority("A0", 1), priority("A0", 2, subject="kpi", kpi_id="answer_rate")))
    assert _guide_words.reason(EN, unplanned, "priority") == "not in a plan yet: “Owns the matter” and Answer rate"
    assert _guide_words.reason(ZH, slipping, "plan_due") == "有目标2024年4月8日到期"


def test_reasons_are_told_once_and_the_regular_talk_is_no_extra_reason() -> None:
    many = talk(main_reason="complaint", reasons="complaint, overdue,recognition ,routine")
    assert many.reasons == ("complaint", "overdue", "recognition", "routine")
    assert _guide_words.more_reasons(EN, many) == (
        "Also: no talk for a long time; something to praise that was not said yet."
    )
    assert _guide_words.more_reasons(ZH, many) == "另外：很久没谈了；有值得表扬的事还没说。"
    assert _guide_words.more_reasons(EN, talk()) == ""


def test_a_priority_says_cause_and_form_as_far_as_known() -> None:
    full = _guide_words.priority(EN, priority("A0", 1))
    assert full == "Owns the matter (perhaps skill; role-play, because it is learnt by doing)"
    assert (
        _guide_words.priority(EN, priority("A0", 1, form_reason=None)) == "Owns the matter (perhaps skill; role-play)"
    )
    assert _guide_words.priority(EN, priority("A0", 1, form=None)) == "Owns the matter (perhaps skill)"
    assert _guide_words.priority(EN, priority("A0", 1, form=None, cause=None)) == "Owns the matter"
    assert _guide_words.priority(ZH, priority("A0", 1, cause="unknown")).endswith(
        "（原因不明，先问；建议情景演练，因为练了才会）"
    )


# ---------- goals
@pytest.mark.parametrize(
    ("found", "state"),
    [
        (goal("at_risk"), "at_risk"),
        (goal("reached", is_overdue=True), "overdue"),
        (goal(None), "no_figure"),
        (goal("not_reached", status="achieved", is_open=False), "achieved"),
        (goal("slipping", status="revised", is_open=False), "revised"),
    ],
)
def test_a_goal_stands_where_people_and_figures_say(found: Goal, state: str) -> None:
    assert found.state == state


def test_what_to_do_with_a_goal_past_its_day_depends_on_the_figures() -> None:
    said = {_guide_goals.close(EN, goal(state)) for state in ("reached", "not_reached", "cannot_tell", None)}
    assert len(said) == 3


def test_urgent_goals_are_counted_with_their_people() -> None:
    calm = guide(goals=(goal("on_track"),))
    assert _guide_goals.answer(EN, calm) == "No goal slips and none is past its day."
    urgent = guide(goals=(goal("slipping"), goal("at_risk"), goal("on_track")))
    assert "Goals that need a talk: 2, of 1 people." in _guide_goals.answer(EN, urgent)


def test_what_would_have_happened_anyway_is_said_where_it_is_known() -> None:
    assert len(_guide_goals.path(EN, goal("at_risk"))) == 2
    unknown = goal("at_risk")
    assert unknown.progress
    unknown = replace(unknown, progress=replace(unknown.progress, anyway_value=None))
    assert len(_guide_goals.path(EN, unknown)) == 1
    assert _guide_goals.path(EN, goal(None)) == ["Ask how it went, and look at it together."]


# ---------- practice and praise
def test_a_topic_without_a_comparison_claims_none() -> None:
    alone = replace(topic("evading", 1, "team"), centre_miss_share=None)
    assert "elsewhere" in _guide_talk.topic(EN, guide(), topic("evading", 1, "team"))
    assert "elsewhere" not in _guide_talk.topic(EN, guide(), alone)


@pytest.mark.parametrize("say", [EN, ZH], ids=LANGUAGES)
def test_every_source_of_points_and_every_badge_can_be_praised(say: Voice) -> None:
    own = codes("fct_recognition", "source") - {"team_goal"}
    assert len({_guide_talk.praise(say, Praise(TIA, True, (point("A0", source),), (), ()))[0] for source in own}) == 3
    for name in codes("fct_badge", "badge") - {"personal_best"}:
        assert advice.library(say.language)("badges", name).title in str(
            _guide_talk.praise(say, Praise(TIA, True, (), (badge("A0", name),), ()))
        )


def test_a_badge_that_repeats_a_point_is_not_told_twice() -> None:
    found = Praise(TIA, True, (point("A0", "model_case"),), (badge("A0", "helper"), badge("A0", "rising")), ())
    assert _guide_talk.praise(EN, found) == ["a case others learn from", "badge: On the way up"]


# ---------- health
def test_nothing_is_said_about_occasions_that_were_not_recorded() -> None:
    silent = coverage("team", "T1", proactive_sessions=0, reactive_sessions=0, acknowledged_share=None, disputes=0)
    said = " ".join(_guide_health.health(EN, Health(replace(silent, people_overdue=0), None, (), 35.0)))
    assert "Planned" not in said
    assert "confirmed" not in said
    assert said.endswith("Nobody has been waiting longer than 35 days.")


def test_planned_and_reactive_talks_are_told_even_without_a_centre_to_compare() -> None:
    said = _guide_health.health(ZH, Health(coverage("team", "T1"), None, (), 35.0))
    assert "计划内的 1 次，出了问题才谈的 3 次。" in said
