"""Every small file by which a work folder knows itself is damaged in turn: told with file, reason and remedy."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pipelines import ingest, retention, stages, state
from pipelines.cli import upkeep
from pipelines.errors import Exit, FloorwalkError
from pipelines.progress import Silent
from pipelines.retention import somebody
from pipelines.settings import Settings
from pipelines.site import manifest, release
from tests.unit.erasure_centre import CALL_HEADER, CALLS, NOW, PERSON, STAFF, copied, erase, settings_of
from tests.unit.ingest_centre import Centre


def _folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


DAMAGES: dict[str, Callable[[Path], object]] = {
    "empty": lambda file: file.write_bytes(b""),
    "cut in half": lambda file: file.write_bytes(file.read_bytes()[: len(file.read_bytes()) // 2]),
    "of another kind": lambda file: file.write_text("[1, 2]"),
    "a number in place of its parts": lambda file: file.write_text(
        json.dumps(dict.fromkeys(json.loads(file.read_text()), 7))
    ),
    "not UTF-8": lambda file: file.write_bytes(b"\xff\xfe{}"),
    "a folder": _folder,
}
FILES = {
    "a mark of a delivery": "lake/removed/*.json",
    "a mark of a person": "lake/erased/*.json",
    "a record": "lake/deliveries/*.json",
    "a receipt of old deliveries": "receipts/*-2023-01-01.json",
    "a receipt of a person": "receipts/*-erased-*.json",
    "the record of the build": "build.json",
    "the list of files": "releases/shown/build-manifest.json",
}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Centre:
    """A lake from which an old delivery was removed and a person erased, with a shown release."""
    with pytest.MonkeyPatch.context() as patch:
        centre = Centre(tmp_path_factory.mktemp("state"), CALLS)
        patch.setattr(somebody, "DBT_PROJECT", centre.project)
        centre.layout(STAFF, "staff")
        centre.deliver("old.csv", CALL_HEADER + "C0,K2003,2022-03-01 09:00:00,60,,\n")
        centre.deliver(
            "new.csv", CALL_HEADER + f"C1,{PERSON},2024-03-01 09:00:00,60,,\nC2,K2003,2024-03-01 09:00:00,60,,\n"
        )
        centre.take_in()
        settings = settings_of(centre)
        retention.purge(settings, date(2023, 1, 1), NOW)
        erase(centre)
        centre.take_in()
        shown = settings.releases / "shown"
        shown.mkdir(parents=True)
        manifest.write(manifest.Manifest("shown", "", {}, {}, {}, {}), shown)
        release.point(settings, shown)
        settings.build_record.write_text(json.dumps({"build_id": "shown"}))
        settings.marts.mkdir()
        return centre


@pytest.fixture
def centre(template: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Centre:
    made = copied(template, tmp_path)
    shutil.rmtree(tmp_path / "site")  # the copy of a link is a folder
    release.point(settings_of(made), settings_of(made).releases / "shown")
    monkeypatch.setattr(somebody, "DBT_PROJECT", made.project)
    monkeypatch.setattr(upkeep, "DBT_PROJECT", made.project)
    return made


def _one(centre: Centre, pattern: str) -> Path:
    return sorted(centre.drop.parent.glob(pattern))[0]


def _told(settings: Settings) -> list[str]:
    """What the doctor says that is not well, with why and what to do."""
    found = [finding for finding in upkeep.findings(settings) if finding.state != "ok"]
    assert all(finding.advice for finding in found)
    return [finding.says for finding in found]


def _build(centre: Centre) -> list[str]:
    """What a build says before and while it takes in, refused or not."""
    try:
        with stages.attempt(settings_of(centre), Silent()) as attempt:
            notes = [str(note) for note in attempt.notes]
            return notes + [str(note) for note in centre.take_in().notes]
    except FloorwalkError as error:
        assert error.exit_code is not Exit.BUG
        return [str(problem) for problem in error.problems]


def test_a_whole_work_folder_has_nothing_to_say(centre: Centre) -> None:
    assert state.faults(settings_of(centre)) == []
    assert not any("cannot be read" in said for said in _told(settings_of(centre)))


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("kind", FILES)
def test_a_damaged_state_file_is_told_by_build_and_doctor_and_nothing_is_lost(
    centre: Centre, kind: str, damage: str
) -> None:
    file = _one(centre, FILES[kind])
    rows = {path: path.read_bytes() for path in (centre.lake / "contacts").glob("*")}
    DAMAGES[damage](file)
    settings = settings_of(centre)
    name = file.name if kind != "the list of files" or file.is_file() else "shown"
    assert any(name in said for said in _told(settings)), "the doctor"
    assert any(file.name in said for said in _build(centre)) or kind == "the list of files", "the build"
    assert {path: path.read_bytes() for path in (centre.lake / "contacts").glob("*")} == rows


@pytest.mark.parametrize("damage", ["cut in half", "not UTF-8", "a folder"])
@pytest.mark.parametrize("kind", ["a mark of a delivery", "a mark of a person", "the record of the build"])
def test_what_can_be_mended_is_mended(centre: Centre, kind: str, damage: str) -> None:
    file, settings = _one(centre, FILES[kind]), settings_of(centre)
    before = file.read_text()
    DAMAGES[damage](file)
    said = [finding.says for finding in upkeep.findings(settings, mend=True) if finding.subject == "Mended"]
    assert any(file.name in text for text in said)
    assert state.faults(settings) == []
    if kind != "the record of the build":
        assert json.loads(file.read_text()) == json.loads(before)


@pytest.mark.parametrize("damage", ["cut in half", "of another kind", "a folder"])
def test_a_plan_that_cannot_be_read_stops_the_build_and_is_set_aside_by_mending(centre: Centre, damage: str) -> None:
    settings = settings_of(centre)
    plan = settings.work / "receipts" / ".pending.json"
    shutil.copy(_one(centre, FILES["a receipt of old deliveries"]), plan)
    DAMAGES[damage](plan)
    (said,) = _build(centre)
    assert "a removal was begun and not ended, and what it was to remove cannot be read" in said
    assert any(".pending.json" in text for text in _told(settings))
    list(upkeep.findings(settings, mend=True))
    assert not plan.exists()
    assert len(list((plan.parent / "aside").iterdir())) == 1
    assert retention.finish(settings) is None


@pytest.mark.parametrize("damage", ["empty", "cut in half", "a folder", "gone"])
def test_without_the_key_of_the_marks_nothing_is_taken_in(centre: Centre, damage: str) -> None:
    key = centre.lake / "erased" / "key"
    (DAMAGES | {"gone": Path.unlink})[damage](key)
    (said,) = _build(centre)
    assert said.startswith("lake/erased/key: the key of the marks of people who were erased is missing or damaged")
    with pytest.raises(FloorwalkError, match="key of the marks"):
        centre.take_in()


def test_what_was_published_and_is_damaged_is_said_by_a_build_that_stumbles(centre: Centre) -> None:
    (centre.lake / "published").mkdir()
    (centre.lake / "published" / "tiers-000001.parquet").write_bytes(b"PAR1")
    assert [problem.where for problem in ingest.damage(centre.lake)] == ["lake/published/tiers-000001.parquet"]


def test_a_removed_file_stays_out_although_the_day_of_its_mark_is_lost(centre: Centre) -> None:
    _one(centre, FILES["a mark of a delivery"]).write_bytes(b"")
    intake = centre.take_in()
    assert intake.new_deliveries == ()
    assert any("on a day that cannot be read any more, and is not taken in again" in note.what for note in intake.notes)


def test_the_doctor_lists_removals_and_says_when_the_site_still_shows_what_was_removed(centre: Centre) -> None:
    settings = settings_of(centre)
    (finding,) = [one for one in upkeep.findings(settings) if one.subject == "Removals"]
    assert finding.state == "ok"
    assert finding.says.startswith("1 of old deliveries, 1 of people or customers: erased-")
    assert finding.says.endswith("on 2026-11-22 (case 17)")
    receipt = _one(centre, FILES["a receipt of a person"])
    receipt.write_bytes(receipt.read_bytes())
    (finding,) = [one for one in upkeep.findings(settings) if one.subject == "Removals"]
    assert (finding.state, finding.advice) == ("fail", "build now")
