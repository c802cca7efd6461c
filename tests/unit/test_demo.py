"""The demo centre's files: same bytes every time, every contract table, dirt as declared, impossible sizes refused."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TypedDict

import duckdb
import pytest
import yaml

from pipelines.demo import write_demo, write_next_day
from pipelines.demo.centre import empty_tally, make_centre, months_of_work
from pipelines.demo.names import people_names, team_names
from pipelines.demo.plan import Subject, checked_plan
from pipelines.errors import FloorwalkError
from pipelines.ingest import Intake, take_in
from pipelines.progress import Silent
from pipelines.settings import PROJECT


class Sizes(TypedDict):
    agents: int
    teams: int
    contacts: int
    quarters: int


SMALL = Sizes(agents=24, teams=3, contacts=6_000, quarters=3)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    write_demo(folder, **SMALL)
    return folder


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("work")


@pytest.fixture(scope="module")
def intake(demo: Path, work: Path) -> Intake:
    project = PROJECT / "dbt_project"
    return take_in(
        demo / "drop", work / "lake", project, memory_limit="1GB", scratch=work / "scratch", progress=Silent()
    )


def _dirt(demo: Path) -> dict[str, dict[str, int]]:
    content: dict[str, dict[str, int]] = json.loads((demo / "truth" / "dirt.json").read_text(encoding="utf-8"))
    return content


def _digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _held(work: Path, table: str, selected: str) -> list[tuple[object, ...]]:
    """What the lake holds of a table."""
    with duckdb.connect(":memory:") as connection:
        files = str(work / "lake" / table / "*.parquet")
        return connection.execute(f"select {selected} from read_parquet(?)", [files]).fetchall()


def test_the_same_arguments_give_the_same_bytes(demo: Path, tmp_path: Path) -> None:
    write_demo(tmp_path, **SMALL)
    assert _digests(tmp_path) == _digests(demo)


def test_another_seed_gives_another_centre(demo: Path, tmp_path: Path) -> None:
    write_demo(tmp_path, **SMALL, seed=7)
    ours, theirs = _digests(demo / "drop"), _digests(tmp_path / "drop")
    assert ours["people/花名册.csv"] != theirs["people/花名册.csv"]
    assert ours["telephony/contacts_2026-01.csv"] != theirs["telephony/contacts_2026-01.csv"]


def test_parquet_of_a_large_centre_has_the_same_bytes_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.demo.exports_contacts.PARQUET_FROM_CONTACTS", 1_000)
    for name in ("one", "two"):
        write_demo(tmp_path / name, agents=18, teams=3, contacts=3_000, quarters=3)
    one, two = (_digests(tmp_path / name / "drop" / "telephony") for name in ("one", "two"))
    assert one == two
    assert "contacts_2026-09.parquet" in one


def test_the_truth_is_never_in_the_drop(demo: Path) -> None:
    assert {path.name for path in demo.iterdir()} == {"drop", "truth"}
    names = {path.name for path in (demo / "truth").iterdir()}
    assert names == {"skills.csv", "kpis.csv", "stories.json", "dirt.json", "graders.csv", "courses.csv", "demo.json"}
    assert not names & {path.name for path in (demo / "drop").rglob("*")}


def test_every_contract_table_is_delivered_and_recognised(intake: Intake) -> None:
    contract = yaml.safe_load((PROJECT / "dbt_project/models/staging/_sources.yml").read_text(encoding="utf-8"))
    tables = contract["sources"][0]["tables"]
    deliverable = {table["name"] for table in tables if "key" in table.get("config", {}).get("meta", {})}
    said_otherwise = {"agent_states", "contact_totals"}  # the demo's attendance and contacts say the same
    assert {name for name, counts in intake.tables.items() if counts["accepted"] > 0} == deliverable - said_otherwise


@pytest.mark.parametrize(
    "table", ["coaching_log", "goal_reviews", "agent_responses", "agent_choices", "model_cases", "training"]
)
@pytest.mark.usefixtures("intake")
def test_every_column_around_talks_and_training_arrives_filled(table: str, work: Path) -> None:
    contract = yaml.safe_load((PROJECT / "dbt_project/models/staging/_sources.yml").read_text(encoding="utf-8"))
    (columns,) = [one["columns"] for one in contract["sources"][0]["tables"] if one["name"] == table]
    counted = ", ".join(f'count("{column["name"]}")' for column in columns)
    (filled,) = _held(work, table, counted)
    assert [column["name"] for column, count in zip(columns, filled, strict=True) if not count] == []


@pytest.mark.usefixtures("intake")
def test_each_step_of_a_plan_arrives_on_a_line_of_its_own(work: Path) -> None:
    assert {len(str(steps).split("\n")) for (steps,) in _held(work, "coaching_log", "steps")} == {1, 2, 3}


def test_exactly_the_declared_dirt_is_refused(demo: Path, intake: Intake) -> None:
    refused: dict[str, int] = {}
    for delivery in intake.deliveries:
        if delivery.refused_rows:
            refused[delivery.file] = refused.get(delivery.file, 0) + delivery.refused_rows
    assert refused == _dirt(demo)["refused_rows"]


def test_the_month_that_was_sent_again_replaces_its_first_delivery(demo: Path, intake: Intake) -> None:
    superseded = {item.file: item.superseded_rows for item in intake.deliveries if item.superseded_rows}
    assert superseded == _dirt(demo)["superseded_rows"]


def test_only_the_stray_file_is_not_recognised(demo: Path, intake: Intake) -> None:
    assert [item.file for item in intake.unrecognised] == list(_dirt(demo)["unrecognised_files"])


def test_all_true_rows_arrive_once(demo: Path, intake: Intake) -> None:
    true_rows = json.loads((demo / "truth" / "demo.json").read_text(encoding="utf-8"))["true_rows"]
    assert {name: intake.tables[name]["held"] for name in true_rows} == true_rows


def test_dirt_stays_far_below_half_a_percent(intake: Intake) -> None:
    for counts in intake.tables.values():
        assert counts["refused"] <= max(2, 0.005 * counts["accepted"])


def test_the_number_of_contacts_is_about_what_was_asked(demo: Path) -> None:
    true_rows = json.loads((demo / "truth" / "demo.json").read_text(encoding="utf-8"))["true_rows"]
    assert true_rows["contacts"] == pytest.approx(SMALL["contacts"], rel=0.1)


def test_the_next_day_needs_no_earlier_exports_and_repeats_none(demo: Path, tmp_path: Path) -> None:
    alone, beside = tmp_path / "alone", tmp_path / "beside"
    write_next_day(alone, **SMALL)
    write_demo(beside, **SMALL)
    before = _digests(beside)
    write_next_day(beside, **SMALL)
    added = {name: digest for name, digest in _digests(beside).items() if name not in before}
    assert added == _digests(alone)
    assert before == _digests(demo)
    assert set(added) == {
        "drop/telephony/contacts_2026-10-01.csv",
        "drop/surveys/surveys_2026-10-01.csv",
        "drop/complaints/complaints_2026-10-01.jsonl",
        "drop/workforce/考勤_2026-10-01.csv",
    }
    contacts = (alone / "drop/telephony/contacts_2026-10-01.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert contacts
    assert all(line.split(",")[2].startswith("2026-10-01 ") for line in contacts)
    known = {line.split(",")[0] for line in (beside / "drop/telephony/contacts_2026-09.csv").open(encoding="utf-8")}
    assert not known & {line.split(",")[0] for line in contacts}


def test_the_next_day_is_the_one_that_the_whole_history_leads_to(tmp_path: Path) -> None:
    write_next_day(tmp_path, **SMALL)
    lines = (tmp_path / "drop/telephony/contacts_2026-10-01.csv").read_text(encoding="utf-8").splitlines()[1:]
    plan = checked_plan(**SMALL, seed=20250401)
    whole = list(months_of_work(make_centre(plan), plan.months, empty_tally(plan)))[-1].contacts
    expected = whole.take(whole.day == plan.days)
    assert [line.split(",")[0] for line in lines] == [
        f"FW-{number // 10_000_000:04d}-{number % 10_000_000:07d}" for number in expected.number.tolist()
    ]
    assert [line.split(",")[13] for line in lines] == [
        "" if seconds < 0 else f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
        for seconds in expected.acw.tolist()
    ]


def test_impossible_sizes_are_all_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(FloorwalkError) as caught:
        write_demo(tmp_path, agents=5, teams=2, contacts=10, quarters=1, seed=-1)
    assert len(caught.value.problems) == 5
    assert not list(tmp_path.iterdir())


def test_a_folder_with_somebody_elses_exports_is_left_alone(tmp_path: Path) -> None:
    export = tmp_path / "drop" / "calls.csv"
    export.parent.mkdir()
    export.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(FloorwalkError, match="no demo wrote"):
        write_demo(tmp_path, **SMALL)
    assert export.read_text(encoding="utf-8") == "a,b\n1,2\n"


def test_names_are_distinct_at_the_largest_size() -> None:
    names = people_names(12_000, checked_plan(150, 12, 400_000, 6, 1).stream(Subject.PEOPLE))
    assert len(set(names)) == 12_000
    teams = team_names(240)
    assert len({english for english, _ in teams}) == len({chinese for _, chinese in teams}) == 240
