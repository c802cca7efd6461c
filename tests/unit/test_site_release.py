from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from pipelines.errors import Exit, FloorwalkError
from pipelines.settings import Settings
from pipelines.site import manifest, release, shells
from tests.unit.site_fakes import FakeSource, make_project, publish, settings

CHANGES = {"os.rename", "os.link", "os.symlink", "os.remove", "os.rmdir", "os.mkdir", "shutil.rmtree"}
"""Audit events of steps that change the file system; opening for writing counts too."""


@pytest.fixture(scope="module")
def look(tmp_path_factory: pytest.TempPathFactory) -> shells.Look:
    return make_project(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def version(number: int) -> FakeSource:
    return FakeSource({"t-1": "<p>same</p>", "t-2": f"<p>version {number}</p>"})


def shown(here: Settings) -> str:
    return (here.site / "en" / "teams" / "t-2.html").read_text(encoding="utf-8")


def test_the_site_is_a_link_to_the_release_of_the_last_build(look: shells.Look, kept: Path, tmp_path: Path) -> None:
    here = settings(tmp_path)
    made = publish(version(1), look, here, kept)
    assert here.site.readlink() == Path("releases") / made.build_id
    assert manifest.differences(here.site) == []
    assert not list(here.runs.glob("*/site"))


def test_the_same_content_is_not_published_twice(look: shells.Look, kept: Path, tmp_path: Path) -> None:
    here = settings(tmp_path)
    publish(version(1), look, here, kept)
    publish(version(1), look, here, kept)
    assert len(release.releases(here)) == 1


def test_going_back_and_building_again_points_to_the_release_that_is_there(
    look: shells.Look, kept: Path, tmp_path: Path
) -> None:
    here = settings(tmp_path)
    first = publish(version(1), look, here, kept)
    publish(version(2), look, here, kept)
    release.point(here, here.releases / first.build_id)
    assert "version 1" in shown(here)
    publish(version(2), look, here, kept)
    assert "version 2" in shown(here)
    assert len(release.releases(here)) == 2


def test_a_damaged_release_is_not_written_to_while_it_is_read(look: shells.Look, kept: Path, tmp_path: Path) -> None:
    here = settings(tmp_path)
    first = publish(version(1), look, here, kept)
    (here.site / "en" / "index.html").write_text("damaged", encoding="utf-8")
    publish(version(1), look, here, kept)
    assert here.site.readlink() == Path("releases") / f"{first.build_id}-2"
    assert manifest.differences(here.site) == []
    assert manifest.read(here.site).build_id == f"{first.build_id}-2"  # type: ignore[union-attr]


def test_only_so_many_releases_are_kept_and_never_less_than_the_current(
    look: shells.Look, kept: Path, tmp_path: Path
) -> None:
    here = settings(tmp_path, keep_releases=2)
    made = [publish(version(number), look, here, kept).build_id for number in range(4)]
    assert {folder.name for folder in release.releases(here)} == set(made[-2:])
    assert "version 3" in shown(here)
    release.point(here, here.releases / made[2])
    alone = settings(tmp_path, keep_releases=1)
    assert release.prune(alone) == [made[3]]
    assert "version 2" in shown(here)


def test_a_second_build_in_the_same_folder_is_told_to_wait(tmp_path: Path) -> None:
    here = settings(tmp_path)
    with release.lock(here), pytest.raises(FloorwalkError) as fault, release.lock(here):
        pytest.fail("two builds at once")
    assert fault.value.exit_code is Exit.BUSY
    with release.lock(here):
        pass


def run_in_child(
    look: shells.Look, number: int, here: Settings, kept: Path, die_before: int = 0
) -> tuple[bool, list[str]]:
    """A whole build in a child that dies by SIGKILL before its `die_before`-th change (0: never).

    Tells whether it was killed, and the changes it made until then.
    """
    report, told = os.pipe()
    child = os.fork()
    if child == 0:
        seen = [0]

        def count(event: str, arguments: tuple[object, ...]) -> None:
            if event == "open":
                event = f"write {arguments[0]}" if set(str(arguments[1])) & set("wxa") else ""
            elif event not in CHANGES:
                event = ""
            if event:
                seen[0] += 1
                if seen[0] == die_before:
                    os.kill(os.getpid(), signal.SIGKILL)
                os.write(told, f"{event}\n".encode())

        sys.addaudithook(count)
        try:
            publish(version(number), look, here, kept)
        finally:
            os._exit(0)
    os.close(told)
    with open(report, encoding="utf-8") as lines:  # noqa: PTH123 - a pipe, not a path
        changes = lines.read().splitlines()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL, changes


def test_killed_at_any_step_the_site_stays_whole_and_the_next_build_succeeds(
    look: shells.Look, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "sync", lambda: None)  # only a power cut needs them, and they wait for every other program
    monkeypatch.setattr(os, "fsync", lambda _: None)
    here = settings(tmp_path, keep_releases=2)
    for number in (0, 1):
        publish(version(number), look, here, kept)
    number = 2
    _, changes = run_in_child(look, number, here, kept)
    # Linking and removing single files is the same step many times over: every seventh stands for the others.
    alike = {"os.link", "os.remove"}
    steps = [step for step, change in enumerate(changes, 1) if change not in alike or step % 7 == 0]
    assert {"os.rename", "os.symlink", "os.mkdir", "shutil.rmtree"} <= {changes[step - 1] for step in steps}
    for step in steps:
        was_killed, _ = run_in_child(look, number + 1, here, kept, die_before=step)
        assert was_killed, f"the build made fewer than {step} changes"
        assert manifest.differences(here.site) == [], f"killed before change {step}: {changes[step - 1]}"
        assert any(f"version {shown_now}" in shown(here) for shown_now in (number, number + 1))
        number += 2
        publish(version(number), look, here, kept)
        assert f"version {number}" in shown(here)
        assert manifest.differences(here.site) == []
        assert len(list(here.releases.iterdir())) == 2
