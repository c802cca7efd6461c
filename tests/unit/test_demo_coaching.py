"""The demo's coaching log and looks at goals, as leaders find them."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from pipelines.demo.training import COURSES
from tests.unit.demo_files import Row, coaching_log, current_staff, goal_looks, story, table, written

LAST = date(2026, 9, 30)
QUARTER = date(2026, 7, 1)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def log(demo: Path) -> list[Row]:
    return coaching_log(demo)


@pytest.fixture(scope="module")
def reviews(demo: Path) -> list[Row]:
    return goal_looks(demo)


def test_everybody_had_a_talk_in_the_last_quarter_but_for_a_few_who_were_forgotten(demo: Path, log: list[Row]) -> None:
    seen = {row["工号"] for row in log if row["held"] >= QUARTER}
    current = current_staff(demo)
    unseen = set(current) - seen
    forgotten = set(story(demo, "forgotten_agents")["agents"])
    assert unseen == forgotten
    per_team = Counter(current[agent]["班组 Team"] for agent in forgotten)
    assert len(per_team) >= 4
    assert max(per_team.values()) <= 2


def test_about_a_third_of_one_to_one_talks_agree_on_a_second_goal_months_ahead(log: list[Row]) -> None:
    talks = [row for row in log if row["形式"] == "一对一" and not row["辅导项目"]]
    longs = [row for row in talks if row["目标类型"] == "长期"]
    assert 0.2 < len(longs) / (len(talks) - len(longs)) < 0.45
    assert {row["目标序号"] for row in longs} == {2}
    assert all(90 <= (row["due"] - row["held"]).days <= 120 for row in longs)
    in_words = [row for row in longs if not row["指标"]]
    assert 0.2 < len(in_words) / len(longs) < 0.7
    assert all(row["衡量方式"] and row["基线值"] is None and row["目标值"] is None for row in in_words)
    assert any(row["职业目标"] for row in longs)


def test_every_goal_says_how_success_is_seen_and_what_will_be_done(log: list[Row]) -> None:
    for row in log:
        assert bool(row["指标"]) != bool(row["衡量方式"])
        assert (row["基线值"] is None) == (row["目标值"] is None) == (not row["指标"])
        assert 1 <= len(row["行动步骤"].split("\n")) <= 3
        assert row["负责人"]
        assert row["主题"]


def test_goals_name_every_usual_kpi_and_now_and_then_a_skill(log: list[Row]) -> None:
    counts = Counter(row["指标"] for row in log if row["指标"])
    usual = {"resolution_rate", "first_contact_resolution", "average_handle_time", "qa_score", "csat_top2"}
    assert usual < set(counts)
    skills = sum(count for kpi, count in counts.items() if kpi not in usual)
    assert 0 < skills < 0.15 * sum(counts.values())


def test_goals_fall_due_before_around_and_after_the_last_day(log: list[Row]) -> None:
    days = [(row["due"] - LAST).days for row in log]
    around = {
        "just before": sum(-14 <= day <= 0 for day in days),
        "just after": sum(0 < day <= 14 for day in days),
        "later": sum(day > 14 for day in days),
    }
    assert min(around.values()) >= 8, around
    still_open = {row["状态"] for row in log if row["due"] > LAST}
    assert still_open == {"已约定", "进行中"}
    assert {row["状态"] for row in log if row["due"] < date(2026, 9, 1)} >= {"已达成", "已调整"}


def test_goals_after_a_bad_month_start_from_it(demo: Path, log: list[Row]) -> None:
    rows = [row for row in log if row["辅导编号"].startswith("CB") and row["目标序号"] == 1]
    assert [row["工号"] for row in rows] == story(demo, "bad_month")["agents"]
    assert len(rows) >= 5
    assert {row["触发原因"] for row in rows} == {"问题触发"}
    assert all(row["held"] >= date(2026, 9, 1) and row["due"] > LAST for row in rows)
    handled: Counter[str] = Counter()
    solved: Counter[str] = Counter()
    for row in table(demo / "drop/telephony/contacts_2026-08.csv"):
        handled[row["Agent ID"]] += row["Answered"] == "Y"
        solved[row["Agent ID"]] += row["Case Solved"] == "Y"
    for row in rows:
        assert row["基线值"] == pytest.approx(solved[row["工号"]] / handled[row["工号"]], abs=0.001)
        assert row["目标值"] > row["基线值"]


def test_in_a_group_everybody_has_an_own_row_of_the_same_hour(demo: Path, log: list[Row]) -> None:
    groups: dict[str, list[Row]] = {}
    for row in log:
        if row["形式"] == "小组":
            groups.setdefault(row["辅导编号"], []).append(row)
    assert len(groups) == story(demo, "goals")["group_sessions"] >= 8
    for rows in groups.values():
        assert 4 <= len({row["工号"] for row in rows}) == len(rows) <= 8
        assert sorted(row["目标序号"] for row in rows) == list(range(1, len(rows) + 1))
        for column in ("教练", "held", "时长(分钟)", "主题"):
            assert len({row[column] for row in rows}) == 1


def test_help_names_courses_that_exist_and_model_cases_that_were_there_by_then(demo: Path, log: list[Row]) -> None:
    marked = {row["案例编号 Case"]: row for row in table(demo / "drop/coaching/典型案例.csv")}
    courses = {name for course in COURSES for name in (course.name, course.name_zh)}
    named = [(row, part) for row in log for part in (row["资源支持"] or "").replace("；", "; ").split("; ") if part]
    cases = [(row, part) for row, part in named if part.startswith("MC-")]
    assert cases
    assert sum(part in courses for _, part in named) > 50
    for row, part in cases:
        assert marked[part]["收录日期 Marked"] <= row["held"].isoformat()
        assert marked[part]["本人同意 Agreed"] == "是"


def test_most_goals_are_looked_at_once_or_twice_and_never_after_the_last_day(
    log: list[Row], reviews: list[Row]
) -> None:
    goals = {(row["辅导编号"], str(row["目标序号"])): row for row in log}
    per_goal = Counter((row["辅导编号"], row["目标序号"]) for row in reviews)
    assert set(per_goal) <= set(goals)
    assert max(per_goal.values()) == 2
    older = [key for key, row in goals.items() if row["due"] < date(2026, 9, 15)]
    assert sum(key in per_goal for key in older) > 0.8 * len(older)
    for row in reviews:
        goal = goals[row["辅导编号"], row["目标序号"]]
        assert goal["held"] < row["day"] <= LAST
        assert (row["day"] < goal["due"]) == (row["进展"] == "进行中")


def test_what_was_revised_is_mostly_tried_another_way(reviews: list[Row]) -> None:
    counts = Counter(row["进展"] for row in reviews)
    assert min(counts[status] for status in ("进行中", "已达成", "已调整")) > 30
    revised = [row for row in reviews if row["进展"] == "已调整"]
    assert 0.7 < sum(bool(row["调整后的做法"]) for row in revised) / len(revised) < 1
    assert not any(row["调整后的做法"] for row in reviews if row["进展"] != "已调整")
    assert all(row["跟进记录"] and row["跟进人"] for row in reviews)


def test_the_one_goal_of_a_programme_ends_in_one_way_for_each_member(log: list[Row], reviews: list[Row]) -> None:
    member = {row["辅导编号"]: (row["辅导项目"], row["工号"]) for row in log if row["辅导项目"]}
    ends: dict[tuple[str, str], set[str]] = {}
    for row in reviews:
        if row["辅导编号"] in member and row["进展"] != "进行中":
            ends.setdefault(member[row["辅导编号"]], set()).add(row["进展"])
    assert len(ends) >= 6
    assert {len(found) for found in ends.values()} == {1}
