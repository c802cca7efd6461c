"""`floorwalk map` and `floorwalk templates` as a person meets them: streams, files, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipelines.cli import app
from pipelines.errors import Exit
from tests.unit import mapping_exports


@pytest.fixture(autouse=True)
def _somewhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("command", ["map", "templates"])
def test_the_command_shows_an_example_in_its_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert app.run([command, "--help"]) == Exit.OK
    assert f"floorwalk {command}" in capsys.readouterr().out.split("Example", 1)[1]


def test_a_layout_is_proposed_decided_and_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = mapping_exports.ambiguous_semicolons(tmp_path / "unseen.csv")
    layout = tmp_path / "calls.yml"
    assert app.run(["map", str(file), "--out", str(layout)]) == Exit.OK
    said = " ".join(capsys.readouterr().out.split())
    assert "text in gb18030: 100% of 121 lines beyond ASCII make sense in it" in said
    assert "columns are separated by semicolons" in said
    assert "started_at TO DECIDE (通话开始时间)" in said
    assert "The first rows as they would be read IF (started_at: the day comes first" in said
    assert "It holds 1 question. Until they are answered there, a build stops at a file of this kind." in said

    assert app.run(["map", str(file), "--check", str(layout)]) == Exit.USAGE
    assert "still to be decided: which comes first in this date" in capsys.readouterr().err

    text = layout.read_text(encoding="utf-8")
    question = 'started_at: "? which comes first in this date, the day or the month"'
    layout.write_text(text.replace(question, "started_at: as_timestamp(started_at, 'dmy')"), encoding="utf-8")
    assert app.run(["map", str(file), "--out", str(layout)]) == Exit.OK
    said = " ".join(capsys.readouterr().out.split())
    assert "contacts: 119 accepted, 1 refused of 120" in said
    assert "refused, is_answered: The text is neither yes nor no (1; lines 9)" in said
    assert "as_timestamp(started_at, 'dmy')" in layout.read_text(encoding="utf-8")


def test_without_a_place_for_it_the_layout_goes_to_stdout_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = mapping_exports.english_milliseconds(tmp_path / "unseen.csv")
    assert app.run(["map", str(file)]) == Exit.OK
    said = capsys.readouterr()
    assert said.out.startswith("# Proposed by `floorwalk map` from 120 rows of unseen.csv")
    assert "7946" not in said.out + said.err
    assert "month first" in said.err


def test_json_is_one_object_with_everything(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = mapping_exports.json_lines(tmp_path / "unseen.jsonl")
    assert app.run(["map", str(file), "--json"]) == Exit.OK
    told = json.loads(capsys.readouterr().out)
    assert told["table"] == "contacts"
    assert told["columns"]["talk_seconds"] == "as_seconds(talk_duration_ms) / 1000"
    assert (told["questions"], told["needs_time_zone"]) == ([], True)
    assert told["trial"]["tables"][0]["accepted"] == 120


def test_a_file_that_a_layout_reads_is_left_alone_unless_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "contacts.csv"
    file.write_text("contact_id,started_at,is_answered\nC1,2024-03-01 09:00:00,yes\n", encoding="utf-8")
    assert app.run(["map", str(file)]) == Exit.NOTHING_TO_DO
    assert "The layout plain_contacts reads contacts.csv already" in capsys.readouterr().out
    assert app.run(["map", str(file), "--anyway"]) == Exit.OK


def test_wrong_use_is_said_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert app.run(["map", "nowhere.csv"]) == Exit.USAGE
    assert app.run(["map", "nowhere.csv", "--check", "nowhere.yml"]) == Exit.USAGE
    (tmp_path / "weather.csv").write_text("Weather,City\nrain,Essen\n", encoding="utf-8")
    assert app.run(["map", "weather.csv"]) == Exit.INPUT_REJECTED
    said = capsys.readouterr().err
    assert "nowhere.csv: there is no such file" in said
    assert "nowhere.yml: there is no such layout" in said
    assert "weather.csv: no contract table can be fed" in said


def test_templates_are_written_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert app.run(["templates", "forms", "--table", "teams", "--table", "agents"]) == Exit.OK
    assert sorted(file.name for file in (tmp_path / "forms" / "zh").iterdir()) == [
        "README.md", "agents.csv", "agents.xlsx", "teams.csv", "teams.xlsx",
    ]  # fmt: skip
    assert app.run(["templates", "forms", "--table", "teams"]) == Exit.USAGE
    assert "is there already and may be filled in" in capsys.readouterr().err
