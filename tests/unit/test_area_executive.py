"""The executives' page, movement on the overview, calendars of attendance. Figures: tests/method/test_staffing."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from pipelines.marts import (
    AttendanceDay,
    Attrition,
    EffectShare,
    Ramp,
    Systemic,
    SystemicHours,
    TierCount,
    TierTransition,
)
from pipelines.settings import LANGUAGES
from pipelines.site import pages
from pipelines.site.areas import executive
from pipelines.site.areas._executive_drawings import request_curve, request_flows
from pipelines.site.model import Site
from pipelines.site.selection import Selection
from tests.repository.test_no_dismissal_wording import found_in
from tests.unit import tiers_centre
from tests.unit.fake_marts import Rows
from tests.unit.site_pages import Build
from tests.unit.tiers_centre import BEFORE, FIRST, NOW, PEOPLE, TEAMS, count, row
from tests.unit.tiers_pages import MONEY, RANK, html, lines, named, place, said, text, voice

PAGE = "exec/index.html"
YEAR = Attrition(
    "centre", "centre", "year", date(2023, 4, 1), date(2024, 3, 31), 12, True, 9, 135.5, 0.0664, 0.0345, 0.1159,
    0, 9, 0.2, 0.4, "below",
)  # fmt: skip
RAMP = [
    Ramp(0, 21, 0.0, None, None, 12, 20, None),
    Ramp(12, 15, 0.255, 0.131, 0.461, 12, 20, None),
    Ramp(20, 10, 0.622, 0.436, 0.808, 12, 20, None),
]
MONDAY = date(2024, 3, 25)


def short(kpi_id: str, **more: Any) -> Systemic:
    """A shortfall of the whole centre."""
    known = {
        "kpi_id": kpi_id, "window_kind": "quarter", "window_start": NOW, "agents": 40, "teams": 4, "centre_value": 0.65,
        "interval_low": 0.62, "interval_high": 0.68, "target": 0.7, "gap": -0.05, "verdict": "centre_wide",
        "is_centre_wide": True, "likely_owner": "tooling", "owner_en": "Tools: the phone system",
        "owner_zh": "系统与工具：电话系统",
    }  # fmt: skip
    found: Systemic = row(Systemic, **known | more)
    return found


def share(level: str, **more: Any) -> EffectShare:
    known = EffectShare("course", level, 10, 8, 2, 1, 0, 4, 0.125, 0.028, 0.411, 0.4, 0.25)
    return replace(known, **more)


def day(grain: str, entity_id: str, back: int, code: str, worked: float | None) -> AttendanceDay:
    return AttendanceDay(grain, entity_id, MONDAY - timedelta(days=back), 3, worked, code)


def rows(more: Rows | None = None) -> Rows:
    """The centre with tiers, with everything the sheet can show."""
    found = tiers_centre.centre()
    found[Attrition] = [YEAR, replace(YEAR, period_kind="month", period_start=date(2024, 3, 1), leavers=1)]
    found[Ramp] = list(RAMP)
    found[EffectShare] = [share("behaviour"), share("result", gains=0, gain_share=None, assessable=0)]
    found[Systemic] = [short("csat_mean", centre_value=3.9, target=4.2), short("answer_rate")]
    found[SystemicHours] = [SystemicHours("answer_rate", "quarter", NOW, "staff", 464.9)]
    found[AttendanceDay] = [
        day("team", "T1", 0, "whole", 0.99), day("team", "T1", 1, "some", 0.8496), day("team", "T1", 2, "fewer", 0.71),
        day("agent", "A0", 0, "whole", 1.0), day("agent", "A0", 1, "leave", None), day("agent", "A0", 3, "part", 0.5),
        day("agent", "A0", 2, "not_worked", 0.0), day("agent", "A1", 0, "whole", 1.0),
    ]  # fmt: skip
    return {**found, **(more or {})}


@pytest.fixture(scope="module")
def site(build_site: Build) -> Site:
    return build_site(rows())


def context(site: Site) -> executive.ExecutivePage:
    return executive.executive(Selection(site, "../"))


# ---------- the answer
def test_the_page_opens_with_what_changed_whether_it_is_real_and_what_to_decide(site: Site) -> None:
    top = text(html(site, "en", PAGE).split("fw-answer")[1].split("</div>")[0])
    assert "In Q1 2024 the whole centre fell short on Answer rate and Customer satisfaction (mean): that is the" in top
    assert "To decide: who takes up Answer rate. Where to look first: Tools: the phone system." in top
    assert "It came to about 465 working hours." in top
    assert "需要拍板：接通率由谁牵头。先看这里：系统与工具：电话系统。约合465 个工时。" in said(site, "zh", PAGE)


def test_what_costs_most_hours_stands_first_and_the_rest_says_that_it_is_not_a_matter_of_hours(site: Site) -> None:
    assert [issue.verdict.kpi_id for issue in context(site).issues] == ["answer_rate", "csat_mean"]
    table = lines(html(site, "en", PAGE).split("Shortfalls of the whole centre</h2>")[1])
    assert [line[3] for line in table[1:3]] == ["465 working hours", "not a matter of hours"]


def test_no_more_than_three_issues_stand_on_the_sheet(build_site: Build) -> None:
    wide = [short(kpi) for kpi in ("csat_mean", "answer_rate", "abandon_rate", "speed_of_answer")]
    found = context(build_site(rows(more={Systemic: wide})))
    assert (len(found.issues), found.more_issues) == (3, 1)


def test_without_a_signal_or_a_shortfall_the_page_says_that_nothing_asks_for_a_decision(site: Site) -> None:
    page = context(site)
    calm = [
        replace(line, latest=replace(line.latest, finding="common_cause", assurance="inconsistent"))
        for line in page.lines
        if line.latest
    ]
    assert executive.words.answer(voice(site, "en"), replace(page, lines=tuple(calm), issues=())) == [
        "No main measure left its usual range: what moved is ordinary variation and needs no reaction.",
        "Nothing falls short in the whole centre by more than chance.",
        "Nothing here asks for a decision.",
    ]
    latest = calm[0].latest
    assert latest
    stuck = replace(calm[0], latest=replace(latest, assurance="consistent_fail"))
    assert "as work is done now it is out of reach" in executive.words.answer(
        voice(site, "en"), replace(page, lines=(stuck,), issues=())
    )[2]  # fmt: skip


# ---------- measures
def test_six_measures_stand_side_by_side_each_with_one_sentence(site: Site) -> None:
    found = html(site, "en", PAGE).split('class="fw-multiples"')[1].split("fw-halves")[0]
    shown = len(context(site).lines)
    assert 5 <= shown <= 6
    assert found.count("<article>") == shown
    assert found.count('class="fw-finding"') == shown
    sentences = re.findall(r'class="fw-finding">(.*?)</p>', found)
    assert all(sentence.endswith(".") and sentence.count(".") == 1 for sentence in sentences)


# ---------- attrition, ramp, courses
def test_attrition_stands_with_its_range_beside_the_claim_of_the_sources(site: Site) -> None:
    found = said(site, "en", PAGE)
    assert "9 people left in 12 months, of 136 on average: 6.6% a year, likely 3% to 12%." in found
    assert "That is below the 20% to 40% that the sources call usual." in found
    assert "None of them within the first 90 days." in found
    assert "12 个月里离开 9 人，平均在岗 136 人：年流失率 6.6%，很可能在 3%～12% 之间。" in said(site, "zh", PAGE)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"verdict": "above"}, "That is above the 20% to 40%"),
        ({"verdict": "within"}, "That lies within the 20% to 40%"),
        ({"verdict": "too_close_to_call"}, "The sources call 20% to 40% usual; too close to call."),
        ({"months": 7}, "Fewer than twelve months of data: provisional."),
        ({"leavers_early": 5, "leavers_later": 8}, "Within their first 90 days: 5 of them."),
    ],
)
def test_every_verdict_about_attrition_is_said_as_it_is(site: Site, changed: Any, sentence: str) -> None:
    page = replace(context(site), attrition=replace(YEAR, **changed))
    assert sentence in " ".join(executive.staffing.attrition(voice(site, "en"), page))


def test_parts_that_are_too_few_to_tell_are_not_mentioned(site: Site) -> None:
    page = replace(context(site), attrition=replace(YEAR, leavers_early=None, leavers_later=None))
    assert "90 days" not in " ".join(executive.staffing.attrition(voice(site, "en"), page))


def test_ramp_says_by_which_week_a_quarter_and_half_are_there(site: Site) -> None:
    found = said(site, "en", PAGE)
    assert "a quarter by week 12; when three quarters do cannot be told yet" in found
    assert ["20", "62%", "44% to 81%", "10"] in lines(html(site, "en", PAGE))


def test_ramp_is_drawn_against_experienced_colleagues_with_people_and_range_of_every_step(site: Site) -> None:
    page = context(site)
    assert page.curve
    data: Any = page.curve.request.data
    assert [(point["weeks"], point["people"]) for point in data["points"]] == [(0, 21), (12, 15), (20, 10)]
    assert (data["points"][0]["low"], data["points"][2]["low"], data["points"][2]["high"]) == (None, 0.436, 0.808)
    assert (data["usual"], data["usual_text"]) == (page.rules["ramp_usual_share"].value, "90%")
    assert page.curve.key == ("value", "interval", "centre")
    assert "横线是任一月份里达到这一水平的熟手占比。" in said(site, "zh", PAGE)
    assert request_curve(RAMP[:1], None) is None
    (bare,) = [request_curve(RAMP, None)]
    assert bare
    assert bare.key == ("value", "interval")


def test_a_team_that_enough_people_have_left_stands_with_its_range_and_the_others_are_counted(
    build_site: Build,
) -> None:
    team = replace(YEAR, grain="team", entity_id="T1", leavers=6, headcount=20.25, rate=0.2963, rate_low=0.1449)
    found = build_site(rows(more={Attrition: [YEAR, replace(team, rate_high=0.5427)]}))
    section = html(found, "en", PAGE).split("Team by team</summary>")[1].split("</details>")[0]
    name = TEAMS["T1"][0]
    assert lines(section)[1:] == [[name, "6", "20.2", "29.6%, likely 14% to 54%"]]
    assert "In order of name." in text(section)
    assert "more teams too few people left to say." in said(found, "en", PAGE)
    assert not found_in(text(section))


def test_where_no_team_can_be_told_the_page_says_that_they_are_too_few(site: Site) -> None:
    found = said(site, "en", PAGE)
    assert "Team by team: too few to say. A team is told of when at least 5 people have left it" in found
    assert "Team by team</summary>" not in html(site, "en", PAGE)
    assert "分班组看：人数太少，还不好说。" in said(site, "zh", PAGE)


def test_courses_that_cannot_be_judged_stand_apart_from_those_without_effect(site: Site) -> None:
    found = said(site, "en", PAGE)
    assert (
        "counted gains 1 of 8 that can be assessed (12%, likely 3% to 41%; chance alone would give about 0.4)." in found
    )
    assert "none of 10 comparisons can be assessed yet, which is not the same as no effect." in found
    assert "The sources say 8% to 12% of courses, without an origin: a claim, not a benchmark." in found


def test_what_was_not_delivered_is_said_in_a_sentence(build_site: Build) -> None:
    bare: Rows = rows(more={mart: [] for mart in (Attrition, Ramp, EffectShare, Systemic, SystemicHours)})
    found = said(build_site(bare), "en", PAGE)
    assert "Not known: the roster holds no last days." in found
    assert "Too few people began within the data" in found
    assert "No course can be compared with what came after it yet." in found


def test_a_centre_without_tiers_or_data_has_the_page_all_the_same(centre_site: Site, empty_site: Site) -> None:
    assert "Two complete quarters are needed to see who moved." in said(centre_site, "en", PAGE)
    for language in LANGUAGES:
        assert said(empty_site, language, PAGE)


# ---------- nobody is named
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_names_nobody_and_judges_nobody(site: Site, language: str) -> None:
    found = html(site, language, PAGE)
    assert not named(text(found))
    assert not any(en in text(found) or zh in text(found) for en, zh in TEAMS.values())
    assert not RANK.search(text(found))
    assert not MONEY.search(text(found))
    assert not found_in(text(found))


# ---------- movement
def counts(start: date, high: int | None, mid: int | None, low: int | None, in_all: int) -> list[TierCount]:
    tiers = {"high": high, "mid": mid, "low": low}
    return [count(start, code, people, in_all, 0) for code, people in tiers.items()]


def moved(start: date, before: date, old: str, new: str, people: int | None) -> TierTransition:
    return TierTransition(start, before, old, new, people, 5, 10)


def test_movement_draws_what_is_told_and_nothing_that_is_hidden() -> None:
    drawing = request_flows(
        [*counts(BEFORE, 30, 94, None, 135), *counts(NOW, 23, 98, None, 142)],
        [
            moved(NOW, BEFORE, "mid", "mid", 80),
            moved(NOW, BEFORE, "high", "mid", 10),
            moved(NOW, BEFORE, "high", "high", None),
            moved(NOW, BEFORE, "low", "mid", 10),
        ],
    )
    assert drawing
    data: Any = drawing.request.data
    assert {(flow["source"], flow["target"], flow["count"]) for flow in data["flows"]} == {
        ("mid", "mid", 80),
        ("high", "mid", 10),
    }
    assert [node["count"] for node in data["stages"][0]["nodes"]] == [30, 94, 0, 11]
    assert drawing.key == ("flow", "tier_high", "tier_mid", "tier_hidden")


def test_movement_reaches_back_three_quarters_that_follow_each_other() -> None:
    found = [*counts(FIRST, 30, 94, 8, 140), *counts(BEFORE, 30, 94, 8, 140), *counts(NOW, 23, 98, 9, 142)]
    steps = [moved(NOW, BEFORE, "mid", "mid", 79), moved(BEFORE, FIRST, "mid", "mid", 70)]
    longer, shorter = request_flows(found, steps), request_flows(found, steps[:1])
    assert longer
    assert shorter
    assert (longer.quarters, shorter.quarters) == ((FIRST, BEFORE, NOW), (BEFORE, NOW))
    assert request_flows(found, []) is None


def test_the_overview_shows_the_same_movement_with_a_way_to_the_sheet(site: Site) -> None:
    page = html(site, "en", "index.html")
    assert 'href="exec/index.html"' in page
    assert ["Q1 2024", "high", "high", "35"] in lines(page)
    assert ["Q1 2024", "high", "mid", "fewer than 10"] in lines(page)
    assert ["Q1 2024", "low", "high", "fewer than 10"] in lines(page)
    assert "各层之间的变动" in said(site, "zh", "index.html")
    (overview,) = [page for page in pages.pages(site, "en") if page.path == "index.html"]
    assert "alluvial" in {chart.chart for chart in overview.charts}


# ---------- attendance
def test_a_team_sees_shares_of_days_below_whole_rounded_down(site: Site) -> None:
    page = next(page for page in pages.pages(site, "en") if page.path == place(site, "team", "T1"))
    (data,) = [chart.data for chart in page.charts if chart.chart == "calendar"]
    found: Any = data
    assert [cell["text"] for cell in found["days"]] == ["71", "84", ""]
    assert found["weeks"][-1] == MONDAY.isoformat()
    assert len(found["weeks"]) == 13
    assert "On 2 of 3 planned days clearly less than the planned time was worked" in said(site, "en", page.path)
    assert "The lowest share was 71% on 23 Mar 2024." in said(site, "en", page.path)
    table = html(site, "en", page.path).split("Attendance, day by day")[-1].split("</figure>")[0]
    assert "84%" in table
    assert "85%" not in table.split("<tbody>")[1]


def test_a_person_sees_own_days_only_and_no_judgement(site: Site) -> None:
    path = place(site, "agent", "A0")
    found = said(site, "en", path)
    assert "1 of 3 planned days worked in full, or all but a little" in found
    assert "asks before thinking anything of it" in found
    section = html(site, "zh", path).split("每日出勤")[-1].split("</figure>")[0]
    assert "未上班" in section
    assert "缺勤" not in section
    assert "旷工" not in section
    assert not named(text(section)) - {"A0"}
    assert section.count("<path") <= 12


def test_a_persons_calendar_asks_for_no_large_chart(site: Site) -> None:
    agents = [page for page in pages.pages(site, "en") if page.kind == "agent"]
    assert len(agents) == len(PEOPLE)
    assert not [chart for page in agents for chart in page.charts if chart.chart == "calendar"]


def test_who_has_no_attendance_has_no_calendar(site: Site) -> None:
    assert "Attendance, day by day" not in html(site, "en", place(site, "agent", "A5"))
    assert "Attendance, day by day" not in html(site, "en", place(site, "team", "T2"))


def test_the_days_of_a_table_are_those_of_the_picture(site: Site) -> None:
    table = lines(
        html(site, "en", place(site, "agent", "A0")).split("Attendance, day by day")[-1].split("</figure>")[0]
    )
    assert table[0] == ["Week from", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert table[-1] == ["25 Mar 2024", "100%", *["–"] * 6]
    assert table[-2] == ["18 Mar 2024", "–", "–", "–", "–", "50%", "not worked", "leave"]
    assert json.dumps(table).count("%") == 2
