"""What a person reads when the settings about people cannot be meant, and how a key comes about."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from pipelines import privacy
from pipelines.errors import FloorwalkError
from pipelines.settings import PROJECT, Settings, load_settings


def load(folder: Path, **given: object) -> Settings:
    return load_settings(
        {"drop": folder / "drop", "work": folder / "work"} | given, environment={}, file=folder / "none"
    )


def problems(folder: Path, **given: object) -> list[str]:
    with pytest.raises(FloorwalkError) as caught:
        load(folder, **given)
    assert all(problem.fix for problem in caught.value.problems)
    return [problem.what for problem in caught.value.problems]


@pytest.fixture
def key(tmp_path: Path) -> Path:
    file = tmp_path / "home" / "floorwalk.key"
    file.parent.mkdir()
    privacy.make(file)
    return file


def test_people_are_named_and_free_text_is_off_unless_somebody_chooses_otherwise(tmp_path: Path) -> None:
    settings = load(tmp_path)
    assert settings.privacy == privacy.Privacy()
    assert (settings.privacy.is_named, settings.privacy.takes_words) == (True, False)
    assert settings.retention_months is None


def test_a_new_key_is_random_and_for_its_owner_only(key: Path) -> None:
    assert key.stat().st_size >= privacy.LEAST_BYTES
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    other = key.with_name("other")
    privacy.make(other)
    assert other.read_bytes() != key.read_bytes()


def test_a_key_is_never_replaced(key: Path) -> None:
    before = key.read_bytes()
    with pytest.raises(FloorwalkError, match="something stands there already"):
        privacy.make(key)
    assert key.read_bytes() == before


def test_codes_need_the_key_and_nothing_else(tmp_path: Path, key: Path) -> None:
    settings = load(tmp_path, identity="pseudonymised", identity_key_file=str(key))
    assert settings.privacy.key == key.read_bytes()
    assert len(settings.privacy.identity) == 8


def test_the_key_is_not_told_when_the_choice_is_printed(tmp_path: Path, key: Path) -> None:
    chosen = load(tmp_path, identity="pseudonymised", identity_key_file=str(key)).privacy
    assert "key" not in repr(chosen)


def test_a_key_that_is_named_while_people_are_named_is_not_used(tmp_path: Path, key: Path) -> None:
    assert load(tmp_path, identity_key_file=str(key)).privacy.is_named


def test_codes_without_a_key_file_are_refused_with_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(FloorwalkError, match="floorwalk key FILE"):
        load(tmp_path, identity="pseudonymised")
    assert problems(tmp_path, identity="pseudonymised", identity_key_file=str(tmp_path / "lost")) == [
        "there is no such key file"
    ]


@pytest.mark.parametrize("folder", ["drop", "work", "work/site"])
def test_a_key_beside_what_it_protects_is_refused(tmp_path: Path, folder: str) -> None:
    file = tmp_path / folder / "my.key"
    file.parent.mkdir(parents=True)
    privacy.make(file)
    told = problems(tmp_path, identity="pseudonymised", identity_key_file=str(file))
    assert told == [f"the key file lies in the {folder.split('/', maxsplit=1)[0]} folder"]


def test_a_key_in_the_project_folder_is_refused() -> None:
    told = privacy.faults(PROJECT / "pyproject.toml", {"project": PROJECT})
    assert "the key file lies in the project folder" in [problem.what for problem in told]


def test_a_link_out_of_the_work_folder_does_not_hide_where_the_key_is(tmp_path: Path) -> None:
    file = tmp_path / "work" / "my.key"
    file.parent.mkdir()
    privacy.make(file)
    link = tmp_path / "elsewhere.key"
    link.symlink_to(file)
    told = problems(tmp_path, identity="pseudonymised", identity_key_file=str(link))
    assert told == ["the key file lies in the work folder"]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_that_others_may_read_is_refused(tmp_path: Path, key: Path, mode: int) -> None:
    key.chmod(mode)
    told = problems(tmp_path, identity="pseudonymised", identity_key_file=str(key))
    assert told == ["others than its owner may open the key file"]


def test_a_short_key_is_refused_with_its_length(tmp_path: Path, key: Path) -> None:
    key.write_bytes(b"x" * 31)
    told = problems(tmp_path, identity="pseudonymised", identity_key_file=str(key))
    assert told == ["the key has 31 bytes; at least 32 are needed"]


def test_every_setting_about_people_is_looked_at_at_once(tmp_path: Path) -> None:
    told = problems(tmp_path, identity="secret", free_text="on", retention_months="0")
    assert told == ["retention_months is '0'", "identity is 'secret'", "free_text is 'on'"]


def test_a_command_s_own_defaults_give_way_to_everything_a_person_says(tmp_path: Path) -> None:
    usual = {"free_text": "redacted", "drop": "a"}
    file = tmp_path / "none"
    assert load_settings({}, environment={}, file=file, usual=usual).free_text == "redacted"
    said = load_settings({}, environment={"FLOORWALK_FREE_TEXT": "off"}, file=file, usual=usual)
    assert said.free_text == "off"
