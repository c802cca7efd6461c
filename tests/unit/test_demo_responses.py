"""What the demo's agents answer and allow, its model cases and courses; and that authors keep to their language."""

from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from pipelines.demo.training import COURSES
from tests.unit.demo_files import (
    Row,
    coaching_log,
    complaint_rows,
    current_staff,
    goal_looks,
    is_chinese,
    scored_items,
    story,
    table,
    written,
)

LAST = date(2026, 9, 30)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def log(demo: Path) -> list[Row]:
    return coaching_log(demo)


@pytest.fixture(scope="module")
def scored(demo: Path) -> list[Row]:
    return scored_items(demo)


@pytest.fixture(scope="module")
def responses(demo: Path) -> list[Row]:
    text = (demo / "drop/coaching/agent_responses.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_every_author_keeps_to_one_language(demo: Path, log: list[Row], responses: list[Row]) -> None:
    authors: dict[str, set[bool]] = {}
    agents: dict[str, set[bool]] = {}
    for row in log:
        texts = (row["主题"], row["行动步骤"], row["衡量方式"], row["职业目标"])
        authors.setdefault(row["教练"], set()).update(is_chinese(text) for text in texts if text)
        agents.setdefault(row["工号"], set()).update(is_chinese(text) for text in (row["坐席意见"],) if text)
    for row in goal_looks(demo):
        looked = (row["跟进记录"], row["调整后的做法"])
        authors.setdefault(row["跟进人"], set()).update(is_chinese(text) for text in looked if text)
    for row in responses:
        agents.setdefault(row["agent"], set()).update(is_chinese(text) for text in (row["words"],) if text)
    assert {len(found) for found in authors.values()} == {1}
    assert {len(found) for found in agents.values() if found} == {1}
    assert {found for one in authors.values() for found in one} == {True, False}


def test_a_few_responses_in_a_hundred_are_disputes_and_most_are_answered_within_ten_days(
    demo: Path, responses: list[Row]
) -> None:
    kinds = Counter(row["kind"] for row in responses)
    assert set(kinds) == {"acknowledged", "comment", "disputed"}
    assert 0.01 < kinds["disputed"] / len(responses) < 0.05
    assert {row["about"] for row in responses} == {"coaching", "tier", "evaluation", "complaint", "figures"}
    said = [row for row in responses if row["kind"] != "acknowledged"]
    waiting = [row for row in said if not row["answered"]]
    assert 2 <= len(waiting) < 0.3 * len(said)
    assert {row["kind"] for row in waiting} == {"comment", "disputed"}
    assert all(row["date"] > "2026-09-20" and not row["answer"] and not row["outcome"] for row in waiting)
    for row in said:
        assert row["words"]
        if row["answered"]:
            assert 2 <= (date.fromisoformat(row["answered"]) - date.fromisoformat(row["date"])).days <= 10
            assert row["answered"] <= LAST.isoformat()
            assert row["answer"]
            assert bool(row["outcome"]) == (row["kind"] == "disputed")
    assert {row["outcome"] for row in responses if row["outcome"]} == {"changed", "stands"}
    told = story(demo, "responses")
    assert told["disputes"] == kinds["disputed"]
    assert len(told["waiting_for_an_answer"]) == len(waiting)


def test_responses_refer_to_what_was_there_before_them(
    demo: Path, log: list[Row], responses: list[Row], scored: list[Row]
) -> None:
    sessions: dict[tuple[str, str], date] = {(row["辅导编号"], row["工号"]): row["held"] for row in log}
    complaints = {row["complaint"]: row for row in complaint_rows(demo)}
    evaluations = {row["Evaluation"]: row for row in scored}
    for row in responses:
        day, about, meant = date.fromisoformat(row["date"]), row["about"], row["reference"]
        if about == "coaching":
            assert timedelta(0) <= day - sessions[meant, row["agent"]] <= timedelta(50)
        elif about == "evaluation":
            assert evaluations[meant]["Agent"] == row["agent"]
            assert evaluations[meant]["Scored at"] < row["date"]
        elif about == "complaint":
            assert complaints[meant]["agent"] == row["agent"]
            assert complaints[meant]["finding"] == "justified"
            assert complaints[meant]["answered"] < row["date"]
        else:
            assert meant in {"tier": ("2025Q4", "2026Q1", "2026Q2")}.get(about, (meant,))


def test_few_want_no_name_beside_points_most_allow_their_cases_and_a_quarter_would_mentor(demo: Path) -> None:
    rows = table(demo / "drop/people/agent_choices.csv")
    newest = {(row["Agent"], row["Choice"]): row["Agreed"] for row in sorted(rows, key=lambda row: row["From"])}
    staff = set(current_staff(demo))
    assert {agent for agent, _ in newest} <= staff
    agreed = Counter((choice, answer) for (_, choice), answer in newest.items())
    assert 1 <= agreed["Recognition", "No"] <= 0.08 * len(staff)
    assert 0.4 < agreed["Model case", "Yes"] / len(staff) < 0.8
    assert 0.1 < agreed["Mentor", "Yes"] / len(staff) < 0.4
    told = story(demo, "choices")
    unnamed = {agent for (agent, choice), answer in newest.items() if (choice, answer) == ("Recognition", "No")}
    assert unnamed == set(told["no_name_beside_recognition"])
    assert {agent for agent, choice in newest if choice == "Mentor"} == set(told["mentors"])


def test_model_cases_show_every_skill_in_a_real_contact_that_had_full_marks(demo: Path, scored: list[Row]) -> None:
    rows = table(demo / "drop/coaching/典型案例.csv")
    assert len(rows) == 14
    assert set(Counter(row["能力维度 Skill"] for row in rows).values()) == {2}
    assert {row["适合 For"] for row in rows} == {"优秀", "达标", "需支持"}
    refused = [row["案例编号 Case"] for row in rows if row["本人同意 Agreed"] == "否"]
    assert refused == story(demo, "model_cases")["without_consent"]
    assert len(refused) == 2
    in_chinese = {agent: bool(row["姓名"]) for agent, row in current_staff(demo).items()}
    marks: dict[tuple[str, str], Row] = {}
    for row in scored:
        if row["Kind"] in ("Monitor", "Third party"):
            marks.setdefault((row["Contact"], row["Item"]), row)
    for row in rows:
        assert all(row[column] for column in ("标题", "Title", "情境", "Situation", "有效做法", "What helped"))
        record = marks[row["通话编号 Contact"], row["评分项 Item"]]
        assert record["Agent"] == row["工号 Agent"]
        assert int(record["Points"]) == int(record["Max points"])
        assert record["Scored at"][:10] < row["收录日期 Marked"]
        assert is_chinese(row["原话 Words"]) == in_chinese[row["工号 Agent"]]


def test_courses_teach_a_skill_in_one_way_and_some_agents_lack_a_course_of_every_stage(demo: Path) -> None:
    text = (demo / "drop/training/training.txt").read_text(encoding="utf-16")
    rows = list(csv.DictReader(text.splitlines(), delimiter="\t"))
    assert {row["Method"] for row in rows} == {"Classroom", "Online", "On the job", "Blended"}
    taught = {row["Course"]: (row["Skill"], row["Method"]) for row in rows}
    assert all((row["Skill"], row["Method"]) == taught[row["Course"]] for row in rows)
    assert len({skill for skill, _ in taught.values() if skill}) >= 5
    stages = {course.stage for course in COURSES}
    came = {(row["Agent"], row["Stage"]) for row in rows if not row["Absence"]}
    current = current_staff(demo)
    for stage in stages:
        assert any((agent, stage) in came for agent in current)
        assert any((agent, stage) not in came for agent in current)
