"""What holds people's data is for the owner, or for the group where that is set; the site is as open as the umask."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipelines import rights
from pipelines.errors import FloorwalkError
from pipelines.settings import Settings, load_settings
from tests.unit.ingest_centre import Centre, delimited


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def modes(folder: Path) -> set[int]:
    """Rights of a folder and of everything in it."""
    return {stat.S_IMODE(place.stat().st_mode) for place in (folder, *folder.rglob("*"))}


@pytest.fixture
def open_work(tmp_path: Path) -> Settings:
    """A work folder as an earlier version left it under umask 022: readable by everybody."""
    with umask(0o022):
        centre = Centre(tmp_path)
        centre.deliver("calls.csv", delimited())
        centre.take_in()
        settings = Settings(drop=centre.drop, work=tmp_path)
        for name in ("marts", "cache/shells", "errors", "releases/shown"):
            (tmp_path / name).mkdir(parents=True)
            (tmp_path / name / "file").write_text("x")
        settings.build_record.write_text("{}")
        for place in (settings.lake, *settings.lake.rglob("*")):
            place.chmod(0o755 if place.is_dir() else 0o644)
    return settings


def test_an_older_work_folder_is_tightened_and_that_is_told_once(open_work: Settings) -> None:
    (note,) = rights.tighten(open_work)
    assert "could be opened by other accounts; now by its owner only" in note.what
    for part in ("lake", "marts", "cache", "errors"):
        assert modes(open_work.work / part) <= {0o700, 0o600}
    assert modes(open_work.work / "releases") == {0o755, 0o644}
    assert rights.tighten(open_work) == []


def test_the_group_may_read_where_that_is_set_and_may_not_when_it_is_taken_back(open_work: Settings) -> None:
    shared = Settings(drop=open_work.drop, work=open_work.work, work_readers="group")
    (note,) = rights.tighten(shared)
    assert "now by its owner and the group only" in note.what
    assert modes(open_work.lake) == {0o750, 0o640}
    assert rights.tighten(shared) == []
    assert rights.tighten(open_work)
    assert modes(open_work.lake) == {0o700, 0o600}


@pytest.mark.parametrize("mask", [0o022, 0o077])
def test_what_a_run_makes_is_closed_from_the_beginning_whatever_the_umask(tmp_path: Path, mask: int) -> None:
    with umask(mask):
        centre = Centre(tmp_path)
        settings = Settings(drop=centre.drop, work=tmp_path)
        centre.deliver("calls.csv", delimited())
        with rights.kept(settings):
            centre.take_in()
        after = tmp_path / "page.html"
        after.write_text("x")
        assert modes(centre.lake) <= {0o700, 0o600}
        assert stat.S_IMODE(after.stat().st_mode) == 0o666 & ~mask
        assert rights.tighten(settings) == []


def test_a_file_that_a_release_shares_keeps_its_rights_and_its_folder_keeps_others_out(open_work: Settings) -> None:
    page = open_work.cache / "page.html"
    page.write_text("x")
    page.chmod(0o644)
    os.link(page, open_work.releases / "shown" / "page.html")
    rights.tighten(open_work)
    assert stat.S_IMODE(page.stat().st_mode) == 0o644
    assert stat.S_IMODE(open_work.cache.stat().st_mode) == 0o700


def test_links_are_not_followed(open_work: Settings, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_text("x")
    outside.chmod(0o644)
    (open_work.marts / "link").symlink_to(outside)
    rights.tighten(open_work)
    assert stat.S_IMODE(outside.stat().st_mode) == 0o644


def test_who_may_read_is_a_setting_with_two_values(tmp_path: Path) -> None:
    given = {"drop": tmp_path, "work": tmp_path}
    assert load_settings(given, environment={}).work_readers == "owner"
    assert load_settings(given, environment={"FLOORWALK_WORK_READERS": "group"}).work_readers == "group"
    with pytest.raises(FloorwalkError, match="work_readers is 'everybody'"):
        load_settings(given, environment={"FLOORWALK_WORK_READERS": "everybody"})
