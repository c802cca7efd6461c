"""Indices, workload and days on record: what pages say. Formulas and their rules: test_area_people_formulas."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipelines.marts import IndexPart
from pipelines.site import model
from tests.unit import fake_marts
from tests.unit.people_centre import rows, texts
from tests.unit.site_pages import site_of


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> model.Site:
    return site_of(tmp_path_factory.mktemp("marts"), rows())


@pytest.fixture(scope="module")
def english(site: model.Site) -> dict[str, str]:
    return texts(site, "en")


@pytest.fixture(scope="module")
def chinese(site: model.Site) -> dict[str, str]:
    return texts(site, "zh")


def of_agent(site: model.Site, found: dict[str, str], agent_id: str) -> str:
    return found[f"agents/{site.slugs['agent', agent_id]}.html"]


def of_team(site: model.Site, found: dict[str, str], team_id: str) -> str:
    return found[f"teams/{site.slugs['team', team_id]}.html"]


# ---------- the page of indices
def test_the_page_answers_with_every_index_and_how_much_the_reading_decides(english: dict[str, str]) -> None:
    text = english["indices/index.html"]
    assert "March 2024: The call_volume_index 89.2%" in text
    assert "Q1 2024: The training_index 80.00" in text
    assert "The same work gives 86.9% and 89.2%" in text
    assert "None of these indices counts in a tier or in a score." in text
    assert "repeats caused (in use)" in text
    assert "not known: what it subtracts was not delivered" in text


def test_a_result_below_nothing_is_shown_as_nothing_with_the_result_beside_it(english: dict[str, str]) -> None:
    text = english["indices/index.html"]
    assert "= −5.00 The service_quality_index" in text
    assert "Shown within 0 and 100: 0.00 ." in text
    assert "40.00 (mean of 8)" in text


def test_teams_that_are_too_small_are_left_out_and_nobody_is_named(english: dict[str, str]) -> None:
    text = english["indices/index.html"].partition("The indices of the teams")[2]
    assert "Birch" in text
    assert "Cedar" not in text
    assert not [name for name, _ in fake_marts.AGENTS.values() if name in text]


# ---------- sections
def test_a_kpi_page_fills_the_formula_in_for_the_centre(english: dict[str, str]) -> None:
    text = english["kpis/service_quality_index.html"]
    assert "The formula, filled in for the whole centre" in text
    assert "(40.00 monitoring score + 30.00) test-call score ÷ 2 scores, each counting half" in text
    assert "The formula, filled in" not in english["kpis/answer_rate.html"]


def test_a_heavy_load_asks_for_staffing_before_people(site: model.Site, english: dict[str, str]) -> None:
    heavy, unknown = of_team(site, english, "T1"), of_team(site, english, "T2")
    assert "93.0% was spent on contacts; more than 90% is a heavy load. The load is high: look at staffing" in heavy
    assert "Above 90% in this month: Agent A . That is a question for the plan" in heavy
    assert "Agent B" not in heavy.partition("Above 90%")[2].partition("Hours on contacts")[0]
    assert "How heavy the load was cannot be said" in unknown
    assert "look at staffing" not in unknown


def test_a_team_has_late_and_absent_days_as_numbers(site: model.Site, english: dict[str, str]) -> None:
    assert "March 2024 93.0% (high) 90.0 10.0 95.2% 21 4 1" in of_team(site, english, "T1")


def test_a_person_sees_the_months_with_days_and_quota(site: model.Site, english: dict[str, str]) -> None:
    text = of_agent(site, english, "A0")
    assert "9 of 812 contacts subtracted; quota 900 for 18 of 22 days (1,100 a full month) 89.2%" in text
    assert "The training_index, Q1 2024" in text


def test_days_on_record_are_facts_and_their_absence_is_said(site: model.Site, english: dict[str, str]) -> None:
    text, clean = of_agent(site, english, "A0"), of_agent(site, english, "A1")
    assert "10 Mar 2024: late 9 Mar 2024: not there, without approved leave 5 Mar 2024: late, 26 min missing" in text
    assert "they are never part of a score" in text
    assert "names no day late and no day absent without approved leave" in clean
    assert "Workload and presence" not in of_agent(site, english, "A3")


def test_chinese_says_the_same_without_gaps_between_sentences(site: model.Site, chinese: dict[str, str]) -> None:
    text = of_agent(site, chinese, "A0")
    assert "处理 812 次，扣减 9 次；定额 900，按满月 22 天中的 18 天折算（满月 1,100）" in text
    assert "2024年3月5日：迟到，少 26 分钟" in text
    assert "超过 90% 即为高负荷。负荷偏高：先看人手安排，再看个人。" in text
    assert "不是对个人的评价" in of_team(site, chinese, "T1")


def test_people_are_spoken_of_kindly(english: dict[str, str], chinese: dict[str, str]) -> None:
    said = " ".join([*english.values(), *chinese.values()]).lower()
    assert not re.findall(
        r"\b(bad|poor|worst|lazy|punish\w*|penalt\w*)\b|惩罚|扣钱|偷懒|差劲", said.replace("the worst month", "")
    )


# ---------- data that are missing
def test_an_index_without_data_is_named_and_never_nothing(tmp_path: Path) -> None:
    found = rows()
    found[IndexPart] = [row for row in found[IndexPart] if row.kpi_id != "training_index"]
    text = texts(site_of(tmp_path, found), "en", "indices/index.html")["indices/index.html"]
    assert "Not computed for lack of data: The training_index . Their pages say what is missing." in text


def test_without_any_index_the_page_says_what_they_need(tmp_path: Path) -> None:
    text = texts(site_of(tmp_path, fake_marts.centre()), "en", "indices/index.html")["indices/index.html"]
    assert "None of these indices can be computed yet." in text
    assert "The rules behind these figures" not in text
