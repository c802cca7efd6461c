"""What `floorwalk doctor` says of a work folder, and what `--mend` puts right."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pipelines import ingest, stages, storage
from pipelines.cli import upkeep
from pipelines.cli.doctor import Finding
from pipelines.errors import Exit, FloorwalkError
from pipelines.ingest import Health
from pipelines.progress import Silent
from pipelines.settings import Settings
from pipelines.site import manifest, release
from tests.unit.ingest_centre import Centre, delimited


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A work folder with a lake of one delivery and two releases; the newer is shown."""
    centre = Centre(tmp_path)
    monkeypatch.setattr(upkeep, "DBT_PROJECT", centre.project)
    centre.deliver("calls.csv", delimited())
    centre.take_in()
    settings = Settings(drop=centre.drop, work=tmp_path)
    settings.marts.mkdir()
    for page in ("older", "newer"):
        tree = tmp_path / "tree"
        tree.mkdir()
        (tree / "index.html").write_text(page)
        made = manifest.make("2024-03-02", {"en": 1}, {}, {"index.html": manifest.digest_of(tree / "index.html")})
        manifest.write(made, tree)
        shown = release.switch(settings, tree)
    settings.build_record.write_text(json.dumps({"build_id": shown.name}))
    return settings


def _found(work: Settings, **wanted: bool) -> dict[str, Finding]:
    """The worst finding of each subject."""
    order = ("ok", "warn", "fail")
    found = sorted(upkeep.findings(work, **wanted), key=lambda finding: order.index(finding.state))
    return {finding.subject: finding for finding in found}


def test_a_whole_work_folder_is_fine_and_its_parts_are_weighed(work: Settings) -> None:
    found = _found(work)
    assert {name: finding.state for name, finding in found.items()} == {"Lake": "ok", "Site": "ok", "Room taken": "ok"}
    assert found["Lake"].says == "1 deliveries, 5 files, every byte as it was committed"
    assert "of it originals 1 kB" in found["Room taken"].says


def test_a_work_folder_that_was_never_used_has_no_lake_yet(tmp_path: Path) -> None:
    (finding,) = upkeep.findings(Settings(drop=tmp_path, work=tmp_path / "new"))
    assert (finding.subject, finding.state) == ("Lake", "ok")
    assert not (tmp_path / "new").exists()


def test_a_damaged_original_says_what_where_why_and_what_to_do(work: Settings) -> None:
    original = next((work.lake / "originals").iterdir())
    original.write_bytes(b"something else")
    finding = _found(work)["Lake"]
    assert finding.state == "fail"
    assert finding.says == f"lake/originals/{original.name}: the original of calls.csv is not what was written"
    assert "could not be read again when a mapping or the contract changes" in finding.why
    assert finding.advice.startswith("run floorwalk doctor --work FOLDER --mend")


def test_mending_makes_rows_again_and_says_which(work: Settings) -> None:
    rows = next((work.lake / "contacts").iterdir())
    rows.write_bytes(b"x" * rows.stat().st_size)
    found = _found(work, mend=True)
    assert found["Mended"].says.endswith("a file with rows of calls.csv is not what was written")
    assert found["Lake"].state == "ok"


def test_files_of_an_interrupted_run_are_only_named(work: Settings) -> None:
    (work.lake / "contacts" / "left.parquet").write_bytes(b"x")
    assert _found(work)["Lake"].state == "warn"
    assert _found(work, mend=True)["Lake"].state == "ok"


def test_a_link_to_a_release_that_is_gone_is_pointed_at_the_newest_whole_one(work: Settings) -> None:
    shown = work.site.resolve()
    shutil.rmtree(shown)
    finding = _found(work)["Site"]
    assert (finding.state, finding.why) == ("fail", "a web server pointed at it shows nothing")
    assert f"which is not there; {release.releases(work)[0].name} is whole" in finding.says
    found = _found(work, mend=True)
    assert found["Mended"].says.startswith("the site shows")
    assert (work.site / "index.html").read_text() == "older"
    assert found["Site"].says.startswith(f"build.json names {shown.name}, the site shows")


def test_a_site_that_somebody_changed_is_told(work: Settings) -> None:
    (work.site / "index.html").write_text("mine")
    finding = _found(work)["Site"]
    assert finding.state == "fail"
    assert finding.says.endswith("such as index.html: file was changed after the build")


@pytest.mark.parametrize("content", ["", "[]", '{"build_id": "2020-01-01-00000000"}'])
def test_a_record_of_another_build_is_no_fault_but_is_said(work: Settings, content: str) -> None:
    work.build_record.write_text(content)
    assert _found(work)["Site"].state == "warn"


def test_a_lake_is_not_looked_at_while_a_build_is_running(work: Settings) -> None:
    with release.lock(work):
        finding = _found(work)["Lake"]
    assert (finding.state, "a build is running" in finding.says) == ("warn", True)


def test_the_rebuild_check_tells_how_many_rows_came_out_the_same(work: Settings) -> None:
    assert _found(work, rebuild=True)["Archive"].says == (
        "made again from the originals: 5 accepted rows, the same as in the lake"
    )
    next((work.lake / "originals").iterdir()).unlink()
    assert _found(work, rebuild=True)["Archive"].state == "fail"
    assert list(work.runs.iterdir()) == []


def test_damage_ends_the_command_as_a_failed_check(work: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert upkeep.run(work.work, mend=False, rebuild=False, as_json=True) in (Exit.OK, Exit.USAGE)
    capsys.readouterr()
    next((work.lake / "deliveries").iterdir()).write_text("{")
    upkeep.run(work.work, mend=False, rebuild=False, as_json=True)
    said = json.loads(capsys.readouterr().out)["findings"]
    assert next(finding["says"] for finding in said if finding["subject"] == "Lake").endswith("cannot be read")


def test_a_lake_without_fault_is_whole() -> None:
    assert [finding.state for finding in upkeep.lake(Health((), ()))] == ["ok"]
    assert ingest.MEND.endswith("--mend")


def test_a_run_that_would_not_find_room_is_refused_before_it_begins(tmp_path: Path) -> None:
    storage.demand_room(tmp_path / "new", 1, "for a build")
    with pytest.raises(FloorwalkError, match=r"too little room on the disk for a build: about .* GB needed") as caught:
        storage.demand_room(tmp_path / "new", 10**18, "for a build")
    assert caught.value.exit_code is Exit.PUBLISH_FAILED
    assert "floorwalk doctor --work FOLDER says what takes it" in str(caught.value)


def test_a_file_with_several_names_takes_its_room_once(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"x" * 1500)
    (tmp_path / "other").hardlink_to(tmp_path / "one")
    (tmp_path / "link").symlink_to("/")
    assert storage.size_of(tmp_path) < 1600
    assert [storage.told_size(size) for size in (0, 1, 12_345, 7_000_000, 1_440_000_000)] == [
        "0 kB",
        "1 kB",
        "13 kB",
        "7 MB",
        "1.4 GB",
    ]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(28, "No space left on device"), "there is no room left on the disk"),
        (OSError(30, "Read-only file system", "/lake/x"), "the disk is read-only"),
        (RuntimeError("IO Error: Could not write file: No space left on device"), "there is no room left on the disk"),
        (
            RuntimeError("Out of Memory Error: failed"),
            "the work needs more memory than memory_limit allows",
        ),
    ],
)
def test_faults_of_the_disk_have_words_however_they_arrive(error: Exception, words: str, tmp_path: Path) -> None:
    with pytest.raises(FloorwalkError, match=words), storage.told(tmp_path):
        raise error


def test_a_full_disk_met_by_a_child_process_is_no_damaged_workbook(tmp_path: Path) -> None:
    said = "Traceback (most recent call last):\n  File ...\nOSError: [Errno 28] No space left on device\n"
    fault = storage.passed_on(said, tmp_path)
    assert fault is not None
    with pytest.raises(FloorwalkError, match="no room left"), storage.told(tmp_path):
        raise fault
    assert storage.passed_on("zipfile.BadZipFile: File is not a zip file\n", tmp_path) is None


def test_a_work_folder_that_cannot_be_made_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "drop").mkdir()
    (tmp_path / "work").write_text("in the way")
    with pytest.raises(FloorwalkError, match="something else stands where a folder belongs") as caught:
        stages.build(Settings(drop=tmp_path / "drop", work=tmp_path / "work"), Silent())
    assert caught.value.exit_code is Exit.PUBLISH_FAILED


def test_other_faults_pass_unchanged(tmp_path: Path) -> None:
    for error in (ValueError("No space left on device"), FileNotFoundError(2, "gone"), KeyError("x")):
        with pytest.raises(type(error)), storage.told(tmp_path):
            raise error
