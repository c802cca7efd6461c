"""The command line as a person and a scheduler meet it: streams, words, exit codes."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml
from rich.console import Console

from pipelines.cli import app, catalogue, explain, terminal
from pipelines.errors import Exit, FloorwalkError, Problem
from pipelines.settings import PROJECT


@pytest.fixture(autouse=True)
def _plain_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_help_lists_the_commands_and_the_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    assert app.run(["--help"]) == Exit.OK
    said = " ".join(capsys.readouterr().out.split())
    for command in ("demo", "build", "serve", "check", "doctor", "explain"):
        assert command in said
    assert "6 nothing to do" in said


@pytest.mark.parametrize("command", [["demo"], ["build"], ["serve"], ["check"], ["doctor"], ["explain", "kpi"]])
def test_every_command_shows_an_example_in_its_help(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert app.run([*command, "--help"]) == Exit.OK
    assert f"floorwalk {command[0]}" in capsys.readouterr().out.split("Example", 1)[1]


def test_help_comes_at_once_because_heavy_modules_are_not_imported() -> None:
    code = (
        "import sys; from pipelines.cli import app; app.run(['--help']); "
        "heavy = {'duckdb', 'dagster', 'dbt', 'altair', 'mkdocs', 'numpy', 'jieba'} & set(sys.modules); "
        "sys.exit(', '.join(sorted(heavy)) or 0)"
    )
    ended = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr


def test_an_unknown_command_is_a_usage_error() -> None:
    assert app.run(["walk"]) == Exit.USAGE


def test_a_build_without_a_drop_says_how_to_name_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert app.run(["build"]) == Exit.USAGE
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "no drop folder given\n  what to do: name it: floorwalk build --drop FOLDER\n"


def test_all_problems_are_printed_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise FloorwalkError([Problem("first", "a.csv [row 2]"), Problem("second")], Exit.INPUT_REJECTED)

    monkeypatch.setattr(app, "load_settings", refuse)
    assert app.run(["build", "--drop", "x"]) == Exit.INPUT_REJECTED
    assert capsys.readouterr().err == "a.csv [row 2]: first\nsecond\n"


def test_an_unexpected_fault_is_one_sentence_and_a_saved_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def break_down(*_: object, **__: object) -> None:
        raise ZeroDivisionError("wheel came off")

    monkeypatch.setattr(app, "load_settings", break_down)
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    assert app.run(["build", "--drop", "x"]) == Exit.BUG
    said = capsys.readouterr().err
    assert "Traceback" not in said
    (saved,) = tmp_path.glob("floorwalk-error-*.txt")
    assert str(saved) in said
    assert 'raise ZeroDivisionError("wheel came off")' in saved.read_text(encoding="utf-8")
    assert saved.stat().st_mode & 0o077 == 0


def test_a_traceback_of_a_build_is_kept_in_its_work_folder(tmp_path: Path) -> None:
    with pytest.raises(terminal.Crash) as caught, terminal.tracebacks_in(tmp_path / "work"):
        raise KeyError("gone")
    assert caught.value.file.parent == tmp_path / "work" / "errors"


def test_a_fault_of_the_input_passes_through_untouched(tmp_path: Path) -> None:
    with pytest.raises(FloorwalkError), terminal.tracebacks_in(tmp_path):
        raise FloorwalkError(Problem("mine"))
    assert not (tmp_path / "errors").exists()


def test_the_version_is_printed_on_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    assert app.run(["--version"]) == Exit.OK
    assert capsys.readouterr().out.startswith("floorwalk ")


def test_explaining_a_kpi_prints_its_names_and_the_expression_that_runs(capsys: pytest.CaptureFixture[str]) -> None:
    assert app.run(["explain", "kpi", "service_level", "--json"]) == Exit.OK
    said = json.loads(capsys.readouterr().out)
    assert said["label"].keys() == {"en", "zh"}
    seconds = catalogue.read_variables(PROJECT / "dbt_project")["service_level_seconds"]
    assert f"wait_seconds <= {seconds}" in said["formula"]
    assert "{" not in said["formula"] + said["meaning"]["en"] + said["meaning"]["zh"]


def test_every_kpi_can_be_explained_to_a_person() -> None:
    for entry in catalogue.entries(PROJECT / "dbt_project"):
        stream = io.StringIO()
        explain.show(entry, Console(file=stream, width=100))
        assert entry.label["zh"] in stream.getvalue()


def test_an_unknown_kpi_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert app.run(["explain", "kpi", "answer_rat"]) == Exit.USAGE
    assert "did you mean answer_rate" in capsys.readouterr().err


def broken_catalogue(folder: Path, **changes: object) -> list[str]:
    """What the check says of the project's own catalogue with one entry changed."""
    source = PROJECT / "dbt_project"
    content = yaml.safe_load((source / "dbt_project.yml").read_text(encoding="utf-8"))
    content["vars"]["kpis"][0] |= changes
    (folder / "models" / "staging").mkdir(parents=True)
    (folder / "dbt_project.yml").write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    contract = Path("models", "staging", "_sources.yml")
    (folder / contract).write_bytes((source / contract).read_bytes())
    return [problem.what for problem in catalogue.faults(folder)]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"label": {"en": "Only English"}}, "label has no text in zh"),
        ({"unit": "parsecs"}, "unit is 'parsecs'"),
        ({"grains": ["centre", "planet"]}, "grains is 'planet'"),
        ({"measure": "x < {no_such_setting}"}, "{no_such_setting} is no setting"),
        ({"needs": ["contacts.mood"]}, "needs 'contacts.mood', which the contract does not have"),
        ({"counts": ""}, "counts is missing"),
        ({"id": "answer_rate"}, "this id is used twice"),
        ({"headlines": ["centre"]}, "unknown key 'headlines'"),
        ({"settles_after_days": "next_week"}, "settles_after_days is 'next_week'"),
    ],
)
def test_a_fault_in_the_catalogue_is_named(tmp_path: Path, changes: dict[str, object], fault: str) -> None:
    assert broken_catalogue(tmp_path, **changes) == [fault]


def test_json_goes_to_stdout_whole_however_narrow_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    value = {"site": "/a/" + "long/" * 30, "name": "[bold]满意度[/bold]"}
    terminal.print_json(value)
    assert json.loads(capsys.readouterr().out) == value


def drawn_on(console: Console) -> str:
    with terminal.progress(console) as progress:
        progress.stage("reading", 2)
        progress.advance(note="calls.csv")
        progress.advance(note="agents.csv")
        progress.stage("[rendering]")
        progress.advance()
    stream = console.file
    assert isinstance(stream, io.StringIO)
    return stream.getvalue()


def test_a_terminal_gets_bars_with_counts() -> None:
    said = drawn_on(Console(file=io.StringIO(), force_terminal=True, width=120, _environ={"TERM": "xterm"}))
    assert "2/2" in said
    assert "\x1b[" in said
    assert "[rendering]" in said


@pytest.mark.parametrize("environment", [{"TERM": "dumb"}, {}])
def test_a_log_and_a_dumb_terminal_get_plain_lines(environment: dict[str, str]) -> None:
    console = Console(file=io.StringIO(), force_terminal=bool(environment) or None, width=120, _environ=environment)
    lines = drawn_on(console).splitlines()
    assert [line.split(" s  ")[1] for line in lines] == ["reading (2)", "[rendering]"]


def test_no_color_takes_the_colour_away_and_leaves_the_words() -> None:
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=True, width=120, _environ={"TERM": "xterm", "NO_COLOR": "1"})
    terminal.print_problems(console, [Problem("[red]wrong")])
    assert "[red]wrong" in stream.getvalue()
    assert "\x1b[31m" not in stream.getvalue()


def test_a_plain_log_says_how_far_a_long_stage_is(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 1000, 3))
    monkeypatch.setattr(time, "monotonic", lambda: float(next(clock)))
    stream = io.StringIO()
    progress = terminal.Plain(Console(file=stream, width=120))
    progress.stage("rendering", 4000)
    for _ in range(4):
        progress.advance(1000, "page")
    assert "rendering: 2,000 of 4,000, page" in stream.getvalue()


def test_serving_before_the_first_build_says_how_to_build(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert app.run(["serve", "--work", str(tmp_path)]) == Exit.USAGE
    assert "floorwalk build --drop FOLDER" in capsys.readouterr().err
