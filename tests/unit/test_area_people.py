from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from pipelines import words
from pipelines.figures import figures
from pipelines.marts import Anchor, CallVolume, Conduct, IndexPart, Kpi, KpiValue, Period, Rule, Team, Workload
from pipelines.site import areas, model, pages, templates
from pipelines.site.areas import _people_book, _people_formula, _people_words
from pipelines.site.areas._people_book import Formula
from pipelines.site.fragments import Voice
from tests.unit import fake_marts

MARCH, QUARTER = ("month", date(2024, 3, 1)), ("quarter", date(2024, 1, 1))
UNITS = {"call_volume_index": "ratio", "service_quality_index": "points", "training_index": "points"}


def kpi(number: int, kpi_id: str, unit: str) -> Kpi:
    return replace(
        fake_marts.KPIS[0],
        kpi_id=kpi_id,
        position=20 + number,
        label_en=f"The {kpi_id}",
        label_zh=f"指标{number}",
        unit=unit,
        family="index",
        decimals=2,
        grains="centre, team, agent",
        source_table="index",
    )


def part(kpi_id: str, whose: tuple[str, str], period: tuple[str, date], basis: str, *row: Any) -> IndexPart:
    position, code, amount, n, unit = row
    return IndexPart(kpi_id, *whose, *period, basis, position, code, amount, n, unit)


CALLS = (
    (1, "contacts_handled", 812.0, None, "contacts"),
    (4, "repeats_caused", 9.0, None, "contacts"),
    (5, "monthly_quota", 1100.0, None, "contacts"),
    (6, "scheduled_days", 18.0, None, "days"),
    (7, "full_days", 22.0, None, "days"),
    (8, "prorated_quota", 900.0, None, "contacts"),
    (9, "raw_value", 0.892222222, 812, "ratio"),
)
SUMMED = tuple(row for row in CALLS if row[1] not in ("monthly_quota", "full_days"))
QUALITY = (
    (1, "monitor_points", 40.0, 8, "points"),
    (2, "test_call_points", 30.0, 1, "points"),
    (3, "upheld_complaints", 20.0, None, "complaints"),
    (4, "complaints", 20.0, 20, "complaints_per_agent_month"),
    (5, "coefficient", 2.0, None, "points_per_complaint"),
    (6, "raw_value", -5.0, 9, "points"),
)
TRAINING = (
    (1, "score_points", 85.0, 3, "points"),
    (2, "unexcused_absences", 1.0, None, "absences"),
    (3, "absences", 1.0, 4, "absences_per_agent_month"),
    (4, "coefficient", 5.0, None, "points_per_absence"),
    (5, "raw_value", 80.0, 3, "points"),
)


def value(kpi_id: str, whose: tuple[str, str], period: tuple[str, date], x: float, *bounds: float) -> KpiValue:
    low, high = bounds or (None, None)
    return KpiValue(
        kpi_id, *whose, *period, 9, 9.0, x, x, x, low, high, None, None, False, "no_target", None, None
    )  # fmt: skip


def workload(whose: tuple[str, str], period: tuple[str, date], occupancy: float | None, *days: int) -> Workload:
    late, absent = days or (0, 0)
    is_warning = occupancy is not None and occupancy > 0.9
    return Workload(
        *whose, *period, 21, 168.0, 160.0, 0.952380952, 90.0, 10.0, occupancy, 0.9, is_warning, late, absent
    )  # fmt: skip


def rows() -> fake_marts.Rows:
    """The invented centre with all three indices, one team under heavy load, and days on record of one person."""
    found = fake_marts.centre()
    found[Team] = [replace(team, agents=5 if team.team_id == "T1" else 4) for team in found[Team]]
    found[Kpi] = [*found[Kpi], *(kpi(n, kpi_id, unit) for n, (kpi_id, unit) in enumerate(UNITS.items()))]
    centre, teams, person = ("centre", "centre"), (("team", "T1"), ("team", "T2")), ("agent", "A0")
    for whose in (centre, *teams, person):
        for period in (MARCH, QUARTER):
            alone = whose == person and period == MARCH
            found[IndexPart] += [
                *(part("call_volume_index", whose, period, "caused", *row) for row in (CALLS if alone else SUMMED)),
                *(part("service_quality_index", whose, period, "monitor_and_test", *row) for row in QUALITY),
                *(part("training_index", whose, QUARTER, "sessions", *row) for row in TRAINING if period == QUARTER),
            ]
            found[KpiValue] += [
                value("call_volume_index", whose, period, 0.892222222),
                value("service_quality_index", whose, period, 0.0, 0.0, 3.5),
                *([value("training_index", whose, period, 80.0, 70.0, 90.0)] if period == QUARTER else []),
            ]
    found[CallVolume] = [
        CallVolume(*centre, *MARCH, name, name == "caused", name != "literal", 812, less, 18.0, 900.0, 6, x)
        for name, less, x in (("caused", 9, 0.892222222), ("example", 30, 0.868888889), ("literal", 0, None))
    ]
    found[Workload] = [
        workload(("team", "T1"), MARCH, 0.93, 4, 1),
        workload(("team", "T2"), MARCH, None),
        workload(("agent", "A0"), QUARTER, 0.95, 2, 1),
        workload(("agent", "A0"), MARCH, 0.95, 2, 1),
        workload(("agent", "A1"), QUARTER, 0.80),
        workload(("agent", "A1"), MARCH, 0.80),
    ]
    found[Conduct] = [
        Conduct("A0", date(2024, 3, 5), "late", 26.0),
        Conduct("A0", date(2024, 3, 9), "absent", 480.0),
        Conduct("A0", date(2024, 3, 10), "late", None),
    ]
    return found


def site_of(folder: Path, found: fake_marts.Rows) -> model.Site:
    written = fake_marts.write(folder, found)
    return areas.with_books(model.load(written), written)


def texts(site: model.Site, language: str, only: str = "") -> dict[str, str]:
    """The visible text of pages by path; of those whose path begins with `only`."""
    found = {}
    for page in pages.pages(site, language):
        if not page.path.startswith(only):
            continue
        html = str(page.content({chart.digest: "<svg></svg>" for chart in page.charts}))
        found[page.path] = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))
    return found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> model.Site:
    return site_of(tmp_path_factory.mktemp("marts"), rows())


@pytest.fixture(scope="module")
def english(site: model.Site) -> dict[str, str]:
    return texts(site, "en")


@pytest.fixture(scope="module")
def chinese(site: model.Site) -> dict[str, str]:
    return texts(site, "zh")


def say(language: str = "en") -> Voice:
    known = {kpi_id: kpi(n, kpi_id, unit) for n, (kpi_id, unit) in enumerate(UNITS.items())}
    return Voice(words.load(templates.TEMPLATES / "words", language), figures(language), known)


def formula(kpi_id: str, basis: str, parts: tuple[tuple[Any, ...], ...]) -> Formula:
    period = Period(*MARCH, date(2024, 3, 31), 3, True, True, False)
    return Formula(kpi_id, period, tuple(part(kpi_id, ("agent", "A0"), MARCH, basis, *row) for row in parts), None)


def written(found: Formula) -> str:
    return " ".join(f"{term.sign} {term.text}".strip() for term in _people_formula.equation(say(), found))


def of_agent(site: model.Site, found: dict[str, str], agent_id: str) -> str:
    return found[f"agents/{site.slugs['agent', agent_id]}.html"]


def of_team(site: model.Site, found: dict[str, str], team_id: str) -> str:
    return found[f"teams/{site.slugs['team', team_id]}.html"]


# ---------- formulas
def test_a_formula_is_filled_in_from_its_parts() -> None:
    assert written(formula("call_volume_index", "caused", CALLS)) == "(812 − 9) ÷ 900 = 89.2%"
    assert written(formula("service_quality_index", "monitor_and_test", QUALITY)) == (
        "(40.00 + 30.00) ÷ 2 − 20.00 × 2 = −5.00"
    )
    assert written(formula("training_index", "sessions", TRAINING)) == "85.00 − 1.00 × 5 = 80.00"


def test_a_missing_test_call_leaves_the_monitoring_score_alone() -> None:
    only = formula(
        "service_quality_index", "monitor_only", (QUALITY[0], *QUALITY[2:5], (6, "raw_value", 0.0, 8, "points"))
    )
    assert written(only) == "40.00 − 20.00 × 2 = 0.00"
    assert "there was no test call" in _people_words.basis(say(), only)


def test_every_reading_subtracts_what_it_says() -> None:
    literal = formula(
        "call_volume_index", "literal", (CALLS[0], (2, "complaints_handled", 5.0, None, "contacts"), *CALLS[2:])
    )
    example = replace(
        literal,
        parts=(*literal.parts[:2], replace(literal.parts[1], part="repeats_handled", amount=7.0), *literal.parts[2:]),
    )
    assert written(literal).startswith("(812 − 5) ÷")
    assert written(example).startswith("(812 − 5 − 7) ÷")
    assert _people_words.month(say(), example).startswith("5 + 7 of 812 contacts subtracted")


def test_a_result_without_a_part_it_needs_is_an_error() -> None:
    with pytest.raises(KeyError, match="coefficient"):
        written(formula("training_index", "sessions", (*TRAINING[:3], TRAINING[4])))


def test_numbers_keep_the_decimals_they_need() -> None:
    assert [_people_formula.as_needed(say(), x) for x in (2.0, 2.5, 17.5, 7025.909, 0.333)] == [
        "2", "2.50", "17.5", "7,025.9", "0.33",
    ]  # fmt: skip


def test_pages_speak_of_the_latest_complete_periods_and_the_months_of_the_quarter() -> None:
    periods = [
        Period("all", date(2024, 1, 1), date(2024, 5, 9), 1, True, True, False),
        Period("quarter", date(2024, 1, 1), date(2024, 3, 31), 1, True, True, True),
        Period("quarter", date(2024, 4, 1), date(2024, 6, 30), 2, False, False, False),
        *(Period("month", date(2024, m, 1), date(2024, m, 28), m, m < 5, m == 4, False) for m in range(1, 6)),
    ]
    found = [(kind, start.month) for kind, start in _people_book.spoken(periods)]
    assert found == [("all", 1), ("quarter", 1), ("month", 1), ("month", 2), ("month", 3), ("month", 4)]


# ---------- the page of indices
def test_the_page_answers_with_every_index_and_how_much_the_reading_decides(english: dict[str, str]) -> None:
    text = english["indices/index.html"]
    assert "The call_volume_index: 89.2% in March 2024." in text
    assert "The training_index: 80.00 in Q1 2024." in text
    assert "The same work gives 86.9% and 89.2%" in text
    assert "None of these indices counts in a tier or in a score." in text
    assert "repeats caused (in use)" in text
    assert "not known: what it subtracts was not delivered" in text


def test_a_result_below_nothing_is_shown_as_nothing_with_the_result_beside_it(english: dict[str, str]) -> None:
    text = english["indices/index.html"]
    assert "= −5.00 The service_quality_index" in text
    assert "Shown within 0 and 100: 0.00 ." in text
    assert "40.00 (mean of 8)" in text


def test_rules_stand_with_value_owner_and_day(tmp_path: Path) -> None:
    found = rows()
    found[Rule] = [
        replace(rule, value=2.5, owner="Head of service", valid_from=date(2024, 2, 1))
        if rule.rule_id == "complaint_coefficient_points"
        else rule
        for rule in found[Rule]
    ]
    text = texts(site_of(tmp_path, found), "en", "indices/index.html")["indices/index.html"]
    assert "Points off for each justified complaint 2.50 Head of service 1 Feb 2024" in text
    assert "2.50, decided by Head of service, since 1 Feb 2024" in text


def test_teams_that_are_too_small_are_left_out_and_nobody_is_named(english: dict[str, str]) -> None:
    text = english["indices/index.html"].partition("The indices of the teams")[2]
    assert "Birch" in text
    assert "Cedar" not in text
    assert not [name for name, _ in fake_marts.AGENTS.values() if name in text]


def test_an_index_without_data_is_named_and_never_nothing(tmp_path: Path) -> None:
    found = rows()
    found[IndexPart] = [row for row in found[IndexPart] if row.kpi_id != "training_index"]
    text = texts(site_of(tmp_path, found), "en", "indices/index.html")["indices/index.html"]
    assert "Not computed for lack of data: The training_index . Their pages say what is missing." in text


def test_without_any_index_the_page_says_what_they_need(tmp_path: Path) -> None:
    text = texts(site_of(tmp_path, fake_marts.centre()), "en", "indices/index.html")["indices/index.html"]
    assert "None of these indices can be computed yet." in text
    assert "The rules behind these figures" not in text


def test_an_index_with_a_weight_is_said_to_count(tmp_path: Path) -> None:
    found = rows()
    anchor = Anchor(
        "general", "training_index", 0.1, 60.0, 80.0, 95.0, "value", "standard", "HR", "HR", date(2024, 1, 1)
    )
    found[Anchor] = [anchor]
    assert (
        "These count in the score of some roles: The training_index."
        in (texts(site_of(tmp_path, found), "en", "indices/index.html")["indices/index.html"])
    )


# ---------- sections
def test_a_kpi_page_fills_the_formula_in_for_the_centre(english: dict[str, str]) -> None:
    text = english["kpis/service_quality_index.html"]
    assert "The formula, filled in for the whole centre" in text
    assert "(40.00 monitoring score + 30.00) test-call score ÷ 2 scores, each counting half" in text
    assert "The formula, filled in" not in english["kpis/answer_rate.html"]


def test_talk_time_is_a_band_beside_the_answer_rate(tmp_path: Path) -> None:
    found = rows()
    role = ("general", "average_handle_time")
    found[Anchor] = [Anchor(*role, 0.2, 1.15, 0.98, 0.83, "ratio", "standard", "default", "HR", date(2024, 1, 1))]
    text = texts(site_of(tmp_path, found), "en", "kpis/average_talk_time.html")[
        "kpis/average_talk_time.html"
    ].partition("A band, not a race")[2]
    assert "General enquiries 1.15 times what the work lets expect 0.98 times" in text
    assert "100 points, and no more beyond" in text
    assert "Month Average talk time Answer rate January 2024" in text


def test_without_a_band_and_an_answer_rate_that_is_said(tmp_path: Path) -> None:
    found = rows()
    found[KpiValue] = [row for row in found[KpiValue] if row.kpi_id != "answer_rate"]
    text = texts(site_of(tmp_path, found), "en", "kpis/average_talk_time.html")["kpis/average_talk_time.html"]
    assert "so there is no band" in text
    assert "The answer rate was not delivered" in text


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
