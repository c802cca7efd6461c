"""The true KPI values beside the demo agree with what its files show, as far as chance lets anybody see."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipelines.demo import write_demo
from pipelines.demo.expected import KPIS

QUARTER = "2025Q4"
FIRST, END = "2025-10-01", "2026-01-01"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    write_demo(folder, agents=72, teams=6, contacts=120_000)
    return folder


@pytest.fixture(scope="module")
def observed(demo: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Table observed(agent_id, kpi_id, n, o) of one quarter, from the delivered files."""
    drop = demo / "drop"
    with duckdb.connect(":memory:") as connection:
        connection.execute(
            """create table contacts as
            select "Agent ID" as agent_id, try_cast("Start Time" as timestamp) as started, "Direction" as direction,
                "Contact Reason" as reason, "Customer Ref" as customer, "Answered" = 'Y' as answered,
                epoch(try_cast("Talk Time" as time)) + coalesce(epoch(try_cast("Hold Time" as time)), 0)
                + epoch(try_cast("Wrap-up Time" as time)) as seconds
            from read_csv(?, all_varchar = true)
            where "Talk Time" is null or not starts_with("Talk Time", '-')""",
            [
                [
                    str(drop / "telephony" / f"contacts_{month}.csv")
                    for month in ("2025-10", "2025-11", "2025-12", "2026-01")
                ]
            ],
        )
        connection.execute(
            """create table observed as
            select agent_id, 'average_handle_time' as kpi_id, count(*) as n, sum(seconds) as o from contacts
            where answered and started >= $1::date and started < $2::date group by 1
            union all
            select agent_id, 'first_contact_resolution', count(*), sum((not coalesce(came_again, false))::int) from (
                select *, lead(started) over (partition by customer, reason, direction order by started)
                    <= started + interval 7 day as came_again
                from contacts where customer is not null and started is not null
            ) where answered and direction = 'inbound' and started >= $1::date and started < $2::date group by 1""",
            [FIRST, END],
        )
        connection.execute(
            """insert into observed
            select "Agent", 'csat_top2', count(*), sum(("Rating (1-5)"::int >= 4)::int)
            from read_csv(?, all_varchar = true) group by 1""",
            [str(drop / "surveys" / f"surveys_{QUARTER}.csv")],
        )
        connection.execute(
            """insert into observed
            select agent_id, 'qa_score', count(*), sum(score) from (
                select any_value("Agent") as agent_id, 100 * sum("Points"::int) / sum("Max points"::int) as score
                from read_csv(?, all_varchar = true)
                where "Applicable" = 'Yes' and "Critical" = 'No'
                    and "Kind" not in ('Calibration', 'Complaint review')
                group by "Evaluation"
            ) group by 1""",
            [[str(drop / "quality" / f"quality_{month}.csv") for month in ("2025-10", "2025-11", "2025-12")]],
        )
        yield connection


def _truth(demo: Path) -> list[dict[str, str]]:
    with (demo / "truth" / "kpis.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("kpi", "within"),
    [("average_handle_time", 8.0), ("first_contact_resolution", 0.012), ("csat_top2", 0.03), ("qa_score", 1.0)],
)
def test_the_centre_shows_what_the_truth_expects(
    demo: Path, observed: duckdb.DuckDBPyConnection, kpi: str, within: float
) -> None:
    measured = {
        agent: (n, o)
        for agent, n, o in observed.execute("select agent_id, n, o from observed where kpi_id = ?", [kpi]).fetchall()
    }
    true = {
        row["agent_id"]: float(row["true_value"])
        for row in _truth(demo)
        if row["kpi_id"] == kpi and row["quarter"] == QUARTER and row["agent_id"] in measured
    }
    n = sum(measured[agent][0] for agent in true)
    assert len(true) > 40
    assert sum(measured[agent][1] for agent in true) / n == pytest.approx(
        sum(true[agent] * measured[agent][0] for agent in true) / n, abs=within
    )


def test_adherence_of_the_files_is_the_true_one(demo: Path) -> None:
    due: dict[str, int] = {}
    kept: dict[str, int] = {}
    for month in ("2025-10", "2025-11", "2025-12"):
        lines = (demo / "drop" / "workforce" / f"考勤_{month}.csv").read_text(encoding="gb18030").splitlines()[1:]
        for row in csv.DictReader(lines):
            if row["出勤分钟"].isdigit():
                due[row["工号"]] = due.get(row["工号"], 0) + int(row["排班分钟"]) - int(row["批准请假分钟"])
                kept[row["工号"]] = kept.get(row["工号"], 0) + int(row["遵时分钟"])
    rows = [row for row in _truth(demo) if row["kpi_id"] == "adherence" and row["quarter"] == QUARTER]
    expected = sum(float(row["true_value"]) * due[row["agent_id"]] for row in rows) / sum(
        due[r["agent_id"]] for r in rows
    )
    assert sum(kept.values()) / sum(due.values()) == pytest.approx(expected, abs=0.005)


def test_every_kpi_of_the_tiers_has_a_true_value_and_outbound_agents_none_where_they_have_no_such_work(
    demo: Path,
) -> None:
    rows = _truth(demo)
    assert {row["kpi_id"] for row in rows} == set(KPIS)
    agents = {kpi: {row["agent_id"] for row in rows if row["kpi_id"] == kpi} for kpi in KPIS}
    assert agents["csat_top2"] == agents["first_contact_resolution"]
    assert agents["csat_top2"] < agents["average_handle_time"]


def test_who_drops_calls_is_truly_fast_and_truly_solves_less(demo: Path) -> None:
    stories = json.loads((demo / "truth" / "stories.json").read_text(encoding="utf-8"))
    (story,) = [one for one in stories if one["story"] == "short_calls"]
    dropping = {entry["agent_id"] for entry in story["agents"]}
    for kpi in ("average_handle_time", "first_contact_resolution"):
        values = {
            mine: [
                float(r["true_value"])
                for r in _truth(demo)
                if r["kpi_id"] == kpi and (r["agent_id"] in dropping) is mine
            ]
            for mine in (True, False)
        }
        theirs, others = (sum(found) / len(found) for found in (values[True], values[False]))
        assert theirs < 0.97 * others


def test_a_new_starter_is_called_one_only_in_the_first_sixty_days(demo: Path) -> None:
    stories = json.loads((demo / "truth" / "stories.json").read_text(encoding="utf-8"))
    (story,) = [one for one in stories if one["story"] == "ramping_new_starters"]
    hired = {entry["agent_id"]: entry["hire_date"] for entry in story["agents"]}
    newest = {row["agent_id"]: row["is_new_starter"] for row in _truth(demo) if row["quarter"] == "2026Q3"}
    assert {newest[agent] for agent, day in hired.items() if day > "2026-08-02" and agent in newest} <= {"true"}
    assert {newest[agent] for agent, day in hired.items() if day < "2026-08-01"} == {"false"}
