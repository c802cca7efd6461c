"""The planted stories can be found in the delivered files with simple SQL, in the size that the truth states."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.demo import write_demo

Story = dict[str, Any]
RELEASE = "2026-07-13"
LAST_JUDGED = "2026-09-23"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    write_demo(folder, agents=72, teams=6, contacts=120_000)
    return folder


@pytest.fixture(scope="module")
def centre(demo: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Views of the drop: contacts (with whether the customer came again), members, adherence, scores."""
    drop = demo / "drop"
    first_sent = "contacts_2025-09.csv"
    files = [str(file) for file in sorted(drop.glob("telephony/contacts_*.csv")) if file.name != first_sent]
    with duckdb.connect(":memory:") as connection:
        connection.execute(
            """create table contacts as
            with typed as (
                select "Agent ID" as agent, try_cast("Start Time" as timestamp) as started, "Direction" as direction,
                    "Answered" = 'Y' as answered, "Case Solved" = 'Y' as solved, "Customer Ref" as customer,
                    "Contact Reason" as reason, "Skill Group" as queue
                from read_csv(?, all_varchar = true)
                where "Talk Time" is null or not starts_with("Talk Time", '-')
            )
            select *, coalesce(lead(started) over (partition by customer, reason order by started)
                <= started + interval 7 day, false) as came_again
            from typed where started is not null and direction = 'inbound'""",
            [files],
        )
        connection.execute(
            """create table members as
            select "工号 Employee ID" as agent, arg_max("班组 Team", "生效日期") as team, count(*) as stays
            from read_csv(?, all_varchar = true) group by 1""",
            [str(drop / "people" / "花名册.csv")],
        )
        yield connection


def _stories(demo: Path, kind: str) -> list[Story]:
    stories: list[Story] = json.loads((demo / "truth" / "stories.json").read_text(encoding="utf-8"))
    return [story for story in stories if story["story"] == kind]


def _number(centre: duckdb.DuckDBPyConnection, query: str, *values: object) -> float:
    row = centre.execute(query, list(values)).fetchone()
    assert row is not None
    assert row[0] is not None
    return float(row[0])


def _first_contact_resolution(centre: duckdb.DuckDBPyConnection, where: str, *values: object) -> float:
    condition = f"answered and customer is not null and started < '{LAST_JUDGED}' and {where}"
    return _number(centre, f"select 1 - avg(came_again::int) from contacts where {condition}", *values)


def _resolution(centre: duckdb.DuckDBPyConnection, where: str, *values: object) -> float:
    return _number(centre, f"select avg(solved::int) from contacts where answered and {where}", *values)


def test_first_contact_resolution_falls_by_about_eight_points_after_the_release(
    demo: Path, centre: duckdb.DuckDBPyConnection
) -> None:
    before = _first_contact_resolution(centre, f"started < '{RELEASE}'")
    after = _first_contact_resolution(centre, f"started >= '{RELEASE}'")
    assert before == pytest.approx(0.73, abs=0.03)
    (story,) = _stories(demo, "centre_wide_fall")
    assert 100 * (after - before) == pytest.approx(story["size_points"], abs=2)


def test_the_weak_team_is_about_ten_points_behind(demo: Path, centre: duckdb.DuckDBPyConnection) -> None:
    (story,) = _stories(demo, "weak_team")
    general = "queue in ('enquiries', 'billing', 'orders') and agent in (select agent from members where team"
    weak = _first_contact_resolution(centre, f"{general} = ?)", story["team_id"])
    others = _first_contact_resolution(centre, f"{general} <> ?)", story["team_id"])
    assert -0.14 < weak - others < -0.06


def test_the_weak_agents_are_behind_their_own_team(demo: Path, centre: duckdb.DuckDBPyConnection) -> None:
    weak = _stories(demo, "weak_agent")
    assert len({story["agent_id"] for story in weak}) == 3
    for story in weak:
        team = "agent in (select agent from members where team = (select team from members where agent = ?))"
        gap = _resolution(centre, "agent = ?", story["agent_id"]) - _resolution(centre, team, story["agent_id"])
        assert gap < -0.05


def test_the_hidden_high_performer_looks_average_until_the_work_is_compared(
    demo: Path, centre: duckdb.DuckDBPyConnection
) -> None:
    (story,) = _stories(demo, "hidden_high_performer")
    agent = story["agent_id"]
    raw_gap = _resolution(centre, "agent = ?", agent) - _resolution(centre, "agent <> ?", agent)
    fair_gap = _number(
        centre,
        """with usual as (
            select queue, reason, avg(solved::int) as rate from contacts where answered and agent <> ? group by all
        )
        select avg(solved::int - rate) from contacts join usual using (queue, reason) where answered and agent = ?""",
        agent,
        agent,
    )
    assert abs(raw_gap) < 0.06
    assert fair_gap == pytest.approx(0.85 * story["size"]["resolution"], abs=0.05)


def test_one_team_ends_more_days_just_above_the_minimum_than_just_below(demo: Path) -> None:
    (story,) = _stories(demo, "hovering_above_minimum")
    with (demo / "drop" / "people" / "花名册.csv").open(encoding="utf-8-sig", newline="") as file:
        team = {row["工号 Employee ID"]: row["班组 Team"] for row in csv.DictReader(file)}
    near = {True: [0, 0], False: [0, 0]}
    for path in sorted((demo / "drop" / "workforce").glob("*.csv")):
        lines = path.read_text(encoding="gb18030").splitlines()[1:]
        for row in csv.DictReader(lines):
            if row["考勤结果"] in ("正常", "迟到") and row["出勤分钟"].isdigit():
                distance = int(row["遵时分钟"]) / int(row["排班分钟"]) - story["minimum"]
                if abs(distance) < 0.01:
                    near[team[row["工号"]] == story["team_id"]][distance >= 0] += 1
    hovering, others = (near[key][1] / sum(near[key]) for key in (True, False))
    assert hovering > 0.8
    assert 0.5 < others < 0.7


def test_coached_people_recover_in_both_programmes_but_only_one_truly_lifts_them(
    demo: Path, centre: duckdb.DuckDBPyConnection
) -> None:
    with (demo / "truth" / "skills.csv").open(encoding="utf-8", newline="") as file:
        skill = {
            (row["agent_id"], row["quarter"]): float(row["true_difference"])
            for row in csv.DictReader(file)
            if row["measure"] == "resolution"
        }
    truly = {}
    for story in _stories(demo, "coaching_programme"):
        members = [entry["agent_id"] for entry in story["agents"]]
        assert len(members) >= 5
        mine = "list_contains(?, agent) and started >= '{}' and started < '{}'"
        months_before = _resolution(centre, mine.format("2025-10-01", "2026-03-01"), members)
        bad_month = _resolution(centre, mine.format("2026-03-01", "2026-04-01"), members)
        after = _resolution(centre, mine.format("2026-04-20", "2026-07-01"), members)
        assert bad_month < months_before
        assert after > bad_month
        gains = [skill[agent, "2026Q2"] - skill[agent, "2026Q1"] for agent in members]
        truly[story["true_effect"]] = sum(gains) / len(gains)
    # the sessions fall in the first half of April, so that most of the quarter has the effect
    assert truly == pytest.approx({0.0: 0.0, 0.07: 0.062}, abs=0.02)


def test_new_starters_take_longer_in_their_first_weeks(demo: Path) -> None:
    (story,) = _stories(demo, "ramping_new_starters")
    starters = {entry["agent_id"] for entry in story["agents"]}
    assert len(starters) >= 3
    with (demo / "truth" / "skills.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["measure"] == "handle_time" and row["quarter"] == "2026Q3"]
    mean = {
        new: sum(values) / len(values)
        for new in (True, False)
        if (values := [float(row["true_difference"]) for row in rows if (row["agent_id"] in starters) is new])
    }
    assert mean[True] - mean[False] > 0.05


def test_repeats_stop_after_about_a_week(centre: duckdb.DuckDBPyConnection) -> None:
    by_day = dict(
        centre.execute(
            """select date_diff('day', started, following) as days, count(*) from (
                select started, lead(started) over (partition by customer, reason order by started) as following
                from contacts where customer is not null
            ) where following is not null group by 1"""
        ).fetchall()
    )
    assert by_day[1] > 20 * by_day[15]
    assert sum(by_day[day] for day in range(7)) > 0.9 * sum(by_day[day] for day in range(10))


def test_graders_differ_in_severity_as_the_truth_says(demo: Path, centre: duckdb.DuckDBPyConnection) -> None:
    files = [str(file) for file in sorted((demo / "drop" / "quality").glob("quality_*.csv"))]
    measured = dict(
        centre.execute(
            """select "Grader", 100 * sum("Points"::int) / sum("Max points"::int) from read_csv(?, all_varchar = true)
            where "Kind" not in ('Calibration', 'Complaint review') and "Applicable" = 'Yes' group by 1""",
            [files],
        ).fetchall()
    )
    with (demo / "truth" / "graders.csv").open(encoding="utf-8", newline="") as file:
        true = {row["grader"]: float(row["true_severity_points"]) for row in csv.DictReader(file)}
    assert set(measured) == set(true)
    assert len(true) == 6
    mean = sum(measured.values()) / len(measured)
    for grader, severity in true.items():
        assert measured[grader] - mean == pytest.approx(severity, abs=1.5)
