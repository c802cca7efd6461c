"""Where settings come from, which wins, and what a person reads when one is wrong."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipelines.errors import FloorwalkError
from pipelines.settings import QUIET_TOOLS, Settings, load_settings, quiet_tools


def load(folder: Path, given: dict[str, object], toml: str = "", **environment: str) -> Settings:
    file = folder / "floorwalk.toml"
    file.write_text(toml, encoding="utf-8")
    return load_settings(given, environment=environment, file=file)


def test_a_flag_beats_the_environment_and_the_environment_beats_the_file(tmp_path: Path) -> None:
    toml = 'drop = "a"\nwork = "from-file"\nkeep_releases = 2\nmemory_limit = "1GB"'
    settings = load(
        tmp_path, {"work": "from-flag"}, toml, FLOORWALK_WORK="from-environment", FLOORWALK_KEEP_RELEASES="3"
    )
    assert settings.work.name == "from-flag"
    assert settings.keep_releases == 3
    assert settings.memory_limit == "1GB"


def test_a_flag_that_was_not_given_leaves_the_setting_alone(tmp_path: Path) -> None:
    assert load(tmp_path, {"drop": "a", "languages": None}).languages == ("en", "zh")


def test_the_work_folder_is_named_after_the_drop(tmp_path: Path) -> None:
    assert load(tmp_path, {"drop": tmp_path / "exports"}).work == Path.cwd() / "work" / "exports"


def test_the_order_of_languages_is_kept_because_the_first_is_the_default(tmp_path: Path) -> None:
    assert load(tmp_path, {"drop": "a", "languages": "zh,en"}).languages == ("zh", "en")


def test_every_wrong_setting_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(FloorwalkError) as caught:
        load(tmp_path, {}, "colour = 1", FLOORWALK_SPEED="fast")
    assert [problem.what for problem in caught.value.problems] == [
        "unknown setting 'colour'",
        "unknown setting 'FLOORWALK_SPEED'",
        "no drop folder given",
    ]


@pytest.mark.parametrize(
    ("name", "value", "what"),
    [
        ("languages", "en,fr", "unknown language in 'en,fr'"),
        ("keep_releases", "many", "keep_releases is 'many'"),
        ("render_processes", "0", "render_processes is '0'"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused_with_what_to_give(
    tmp_path: Path, name: str, value: str, what: str
) -> None:
    with pytest.raises(FloorwalkError) as caught:
        load(tmp_path, {"drop": "a", name: value})
    (problem,) = caught.value.problems
    assert problem.what == what
    assert problem.fix


def test_telemetry_is_off_unless_the_user_has_chosen_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in QUIET_TOOLS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DO_NOT_TRACK", "0")
    quiet_tools()
    assert os.environ["DAGSTER_DISABLE_TELEMETRY"] == "yes"
    assert os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] == "false"
    assert os.environ["DO_NOT_TRACK"] == "0"
