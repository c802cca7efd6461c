"""Dagster's view of a build: when it starts, what it shows, and that one job walks the whole chain."""

from __future__ import annotations

import csv
import os
import random
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest

from pipelines import orchestration
from pipelines.marts import MARTS
from pipelines.orchestration import dbt_models, drop_folder, schedule
from pipelines.orchestration.build import Build
from pipelines.settings import PROJECT
from pipelines.site import release
from pipelines.transform import NodeResult

NOW = 1_000_000.0


def put(drop: Path, name: str, content: str = "a,b\n1,2\n", age_seconds: float = 60) -> Path:
    file = drop / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")
    os.utime(file, (NOW - age_seconds, NOW - age_seconds))
    return file


@pytest.fixture
def drop(tmp_path: Path) -> Path:
    folder = tmp_path / "drop"
    folder.mkdir()
    return folder


def run_key(result: dg.SensorResult) -> str | None:
    keys = [request.run_key for request in result.run_requests or []]
    assert len(keys) <= 1
    return keys[0] if keys else None


def look_twice(drop: Path, cursor: str | None = None) -> dg.SensorResult:
    first = schedule.decide(drop, cursor, NOW)
    return schedule.decide(drop, first.cursor, NOW + 30)


def test_a_drop_is_built_once_two_looks_have_seen_the_same(drop: Path) -> None:
    put(drop, "calls.csv")
    first = schedule.decide(drop, None, NOW)
    assert run_key(first) is None
    assert "still arriving" in str(first.skip_reason)
    assert run_key(schedule.decide(drop, first.cursor, NOW + 30))


def test_a_file_that_grows_between_two_looks_is_waited_for(drop: Path) -> None:
    put(drop, "calls.csv")
    first = schedule.decide(drop, None, NOW)
    put(drop, "calls.csv", "a,b\n1,2\n3,4\n")
    second = schedule.decide(drop, first.cursor, NOW + 30)
    assert run_key(second) is None
    assert run_key(schedule.decide(drop, second.cursor, NOW + 60))


def test_a_file_written_a_moment_ago_is_waited_for(drop: Path) -> None:
    put(drop, "calls.csv", age_seconds=1)
    facts = drop_folder.look(drop)
    assert not drop_folder.settled(facts, facts, NOW)
    assert drop_folder.settled(facts, facts, NOW + drop_folder.SETTLE_SECONDS)


def test_a_clock_that_runs_behind_does_not_hold_a_file_back_for_ever(drop: Path) -> None:
    put(drop, "calls.csv", age_seconds=-3600)
    facts = drop_folder.look(drop)
    assert drop_folder.settled(facts, facts, NOW)


def test_a_file_that_has_gone_unsettles_the_drop(drop: Path) -> None:
    put(drop, "calls.csv")
    gone = put(drop, "agents.csv")
    before = drop_folder.look(drop)
    gone.unlink()
    assert not drop_folder.settled(drop_folder.look(drop), before, NOW)


@pytest.mark.parametrize(
    "name", [".calls.csv", "calls.csv.part", "calls.CSV.TMP", ".cache/calls.csv", "calls.filepart"]
)
def test_hidden_and_unfinished_files_do_not_count(drop: Path, name: str) -> None:
    put(drop, name)
    assert drop_folder.look(drop) == {}


def test_links_do_not_count_wherever_they_lead(drop: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    put(outside, "calls.csv")
    (drop / "link.csv").symlink_to(outside / "calls.csv")
    (drop / "folder").symlink_to(outside)
    assert drop_folder.look(drop) == {}


def test_a_file_in_a_folder_of_the_drop_counts(drop: Path) -> None:
    put(drop, "november/calls.csv")
    assert list(drop_folder.look(drop)) == ["november/calls.csv"]


def test_an_empty_drop_starts_nothing(drop: Path) -> None:
    result = look_twice(drop)
    assert run_key(result) is None
    assert "empty" in str(result.skip_reason)


def test_a_missing_drop_is_said_and_starts_nothing(tmp_path: Path) -> None:
    assert "is not a folder" in str(schedule.decide(tmp_path / "nowhere", None, NOW).skip_reason)


def test_a_corrected_file_of_the_same_name_and_size_is_a_new_build(drop: Path) -> None:
    put(drop, "calls.csv", "a,b\n1,2\n")
    before = look_twice(drop)
    put(drop, "calls.csv", "a,b\n1,3\n", age_seconds=59)
    after = look_twice(drop, before.cursor)
    assert run_key(before) and run_key(after)
    assert run_key(before) != run_key(after)


def test_the_same_content_is_the_same_build_even_when_sent_again_under_another_name(drop: Path) -> None:
    file = put(drop, "calls.csv")
    before = look_twice(drop)
    file.unlink()
    put(drop, "calls (2).csv", age_seconds=20)
    assert run_key(look_twice(drop, before.cursor)) == run_key(before)


def test_unchanged_files_are_not_read_again(drop: Path) -> None:
    file = put(drop, "calls.csv")
    facts = drop_folder.look(drop)
    hashed = drop_folder.with_content(drop, facts, {})
    file.unlink()
    assert drop_folder.with_content(drop, facts, hashed) == hashed


def test_what_a_sensor_remembers_comes_back_as_it_was(drop: Path) -> None:
    put(drop, "calls.csv")
    facts = drop_folder.with_content(drop, drop_folder.look(drop), {})
    assert drop_folder.from_cursor(drop_folder.to_cursor(facts)) == facts
    assert drop_folder.from_cursor(None) == {}


def test_the_sensor_looks_while_a_build_is_running(drop: Path, tmp_path: Path) -> None:
    put(drop, "calls.csv")
    build = Build(drop=str(drop), work=str(tmp_path / "work"))
    sensor = orchestration.definitions(build).get_sensor_def("drop_folder")
    with release.lock(build.settings()), dg.DagsterInstance.ephemeral() as instance:
        answer = sensor(dg.build_sensor_context(instance=instance))
    assert isinstance(answer, dg.SensorResult)
    assert "still arriving" in str(answer.skip_reason)


def node(unique_id: str, status: str, message: str = "") -> NodeResult:
    kind = unique_id.split(".")[0]
    return NodeResult(unique_id, unique_id.split(".")[2], kind, status, 0.5, message)


ASSET = dg.AssetSpec("fct", metadata={dbt_models.UNIQUE_ID: "model.floorwalk.fct"})


def check_of(name: str) -> dg.AssetCheckSpec:
    return dg.AssetCheckSpec(name, asset="fct", metadata={dbt_models.UNIQUE_ID: f"test.floorwalk.{name}.abc"})


def test_a_model_is_shown_with_its_unit_tests() -> None:
    nodes = [node("model.floorwalk.fct", "success"), node("unit_test.floorwalk.fct.adds_up", "pass")]
    (made,) = dbt_models.events(nodes, [ASSET], [])
    assert isinstance(made, dg.MaterializeResult)
    assert made.metadata
    assert made.metadata["unit_tests"] == dg.MetadataValue.json({"adds_up": "pass"})


@pytest.mark.parametrize(
    ("status", "passed", "severity"),
    [
        ("pass", True, dg.AssetCheckSeverity.ERROR),
        ("warn", False, dg.AssetCheckSeverity.WARN),
        ("fail", False, dg.AssetCheckSeverity.ERROR),
        ("error", False, dg.AssetCheckSeverity.ERROR),
    ],
)
def test_a_data_test_is_shown_as_a_check(status: str, passed: bool, severity: dg.AssetCheckSeverity) -> None:
    (result,) = dbt_models.events(
        [node("test.floorwalk.unique.abc", status, "Got 3 results")], [], [check_of("unique")]
    )
    assert isinstance(result, dg.AssetCheckResult)
    assert (result.passed, result.severity) == (passed, severity)
    assert result.metadata["message"] == dg.MetadataValue.text("Got 3 results")


def test_what_dbt_skipped_is_not_shown_as_done() -> None:
    nodes = [node("model.floorwalk.fct", "skipped"), node("test.floorwalk.unique.abc", "skipped")]
    assert list(dbt_models.events(nodes, [ASSET], [check_of("unique")])) == []


@pytest.fixture(scope="module")
def definitions() -> dg.Definitions:
    return orchestration.definitions()


def test_definitions_load_and_hold_one_job_one_sensor_one_schedule(definitions: dg.Definitions) -> None:
    dg.Definitions.validate_loadable(definitions)
    repository = definitions.get_repository_def()
    assert [job.name for job in repository.get_all_jobs() if not job.name.startswith("__")] == ["drop_to_site"]
    assert [sensor.name for sensor in repository.sensor_defs] == ["drop_folder"]
    assert [entry.name for entry in repository.schedule_defs] == ["nightly"]


def test_every_raw_table_every_mart_and_the_site_are_assets_of_one_lineage(definitions: dg.Definitions) -> None:
    graph = definitions.resolve_asset_graph()
    keys = {key.to_user_string() for key in graph.get_all_asset_keys()}
    assert {"raw/contacts", "raw/surveys", "raw/deliveries", "website"} <= keys
    assert {f"marts/{mart.name}" for mart in MARTS} <= keys
    upstream = graph.get_ancestor_asset_keys(dg.AssetKey("website"))
    assert dg.AssetKey(["raw", "contacts"]) in upstream
    assert all(graph.get(key).is_executable for key in graph.get_all_asset_keys())


def test_dbt_tests_are_asset_checks(definitions: dg.Definitions) -> None:
    checks = definitions.resolve_asset_graph().asset_check_keys
    assert {check.asset_key.to_user_string() for check in checks} & {f"marts/{mart.name}" for mart in MARTS}


def test_importing_dagsters_door_reads_and_builds_nothing() -> None:
    code = "import sys, pipelines.definitions; sys.exit(bool({'pipelines.orchestration', 'dbt'} & set(sys.modules)))"
    ended = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr


def test_a_manifest_is_parsed_again_only_when_the_project_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[Path] = []

    def parse(target: Path) -> Path:
        parsed.append(target)
        target.mkdir(exist_ok=True)
        (target / "manifest.json").write_text("{}")
        return target / "manifest.json"

    monkeypatch.setattr(dbt_models, "prepare_manifest", parse)
    model = put(tmp_path, "models/a.sql")
    assert dbt_models.current_manifest(tmp_path) == dbt_models.current_manifest(tmp_path)
    assert len(parsed) == 1
    later = (tmp_path / "target" / "manifest.json").stat().st_mtime + 5
    os.utime(model, (later, later))
    dbt_models.current_manifest(tmp_path)
    assert len(parsed) == 2


@pytest.fixture
def tiny_drop(drop: Path) -> Path:
    """Invented calls in the layout of the call-centre sample: two agents, six weeks."""
    draw = random.Random(1)  # noqa: S311 - invented rows
    header = ["Call Id", "Agent", "Date", "Time", "Topic", "Answered (Y/N)", "Resolved", "Speed of answer in seconds"]
    header += ["AvgTalkDuration", "Satisfaction rating"]
    with (drop / "calls.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(header)
        for number in range(300):
            moment = datetime(2026, 1, 5, 9) + timedelta(hours=3.3 * number)  # noqa: DTZ001 - local time, as exports have
            answered = draw.random() < 0.8
            rows.writerow(
                [f"ID{number:04}", draw.choice(["Agent one", "Agent two"]), f"{moment:%Y-%m-%d}", f"{moment:%H:%M:%S}"]
                + [draw.choice(["Billing", "Delivery"]), "Y" if answered else "N", "Y" if answered else "N"]
                + (
                    [str(draw.randint(5, 90)), f"00:0{draw.randint(1, 6)}:20", str(draw.randint(1, 5))]
                    if answered
                    else [""] * 3
                )
            )
    return drop


def test_the_job_builds_a_site_from_a_tiny_drop_in_this_process(tiny_drop: Path, tmp_path: Path) -> None:
    definitions = orchestration.definitions(Build(drop=str(tiny_drop), work=str(tmp_path / "work")))
    with dg.DagsterInstance.ephemeral() as instance:
        result = definitions.resolve_job_def("drop_to_site").execute_in_process(instance=instance)
    assert result.success
    assert (tmp_path / "work" / "site" / "en" / "index.html").is_file()
    contacts = next(
        event
        for event in result.get_asset_materialization_events()
        if event.asset_key == dg.AssetKey(["raw", "contacts"])
    )
    assert contacts.materialization.metadata["accepted"].value == 300
    assert all(evaluation.passed for evaluation in result.get_asset_check_evaluations())
