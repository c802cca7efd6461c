"""An erasure is killed at every single step; the next purge or build completes it, and nothing is ever half erased.

As in test_killed_ingest, an audit hook sees every file that is opened for writing, made, renamed or removed.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from pipelines import retention, state
from pipelines.ingest import care, erased
from pipelines.ingest.lake import Lake
from pipelines.retention import somebody
from pipelines.site import manifest, release
from tests.every_byte import places_of
from tests.unit.erasure_centre import (
    CALL_HEADER,
    CALL_ROWS,
    CALLS,
    NAME,
    NOW,
    PERSON,
    STAFF,
    asked,
    copied,
    settings_of,
)
from tests.unit.ingest_centre import Centre

CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "shutil.rmtree"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


@pytest.fixture
def template(tmp_path: Path) -> Centre:
    """Two deliveries that hold the person, two releases, a cache and tiers that were published."""
    (tmp_path / "template").mkdir()
    centre = Centre(tmp_path / "template", CALLS)
    centre.layout(STAFF, "staff")
    centre.deliver("calls.csv", CALL_HEADER + CALL_ROWS)
    centre.deliver(
        "staff.csv",
        f"agent no,agent name,team,led by,since\n{PERSON},{NAME},T1,L,2020-01-01\nK2003,Other,T1,{NAME},2020-01-01\n",
    )
    centre.take_in()
    settings = settings_of(centre)
    for name in ("shown", "old"):
        folder = settings.releases / name
        folder.mkdir(parents=True)
        manifest.write(manifest.Manifest(name, "", {}, {}, {}, {}), folder)
        (folder / "page.html").write_text(NAME, encoding="utf-8")
    release.point(settings, settings.releases / "shown")
    settings.cache.mkdir()
    return centre


@pytest.mark.parametrize("completed_by", ["purge", "build"])
def test_killed_at_any_step_the_next_run_completes_it(
    template: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, completed_by: str
) -> None:
    monkeypatch.setattr(somebody, "DBT_PROJECT", template.project)
    steps = 0
    while _killed_at(steps, centre := copied(template, tmp_path / str(steps))):
        _is_whole(centre, f"killed at step {steps}")
        if completed_by == "purge":
            retention.erase(settings_of(centre), asked(by="again"), NOW)
        else:
            with release.lock(settings_of(centre)):
                state.demand(settings_of(centre))
                retention.finish(settings_of(centre))
        _is_erased(centre, f"killed at step {steps}", may_be_untouched=completed_by == "build")
        steps += 3 if completed_by == "build" else 1
    assert steps > 30
    _is_built_from(centre)


def _killed_at(step: int, centre: Centre) -> bool:
    """Erase in a child that kills itself with signal 9 before its n-th change of the disk; whether it came to that."""
    child = os.fork()
    if child == 0:
        left = [step]

        def counted(event: str, arguments: tuple[object, ...]) -> None:
            opens = event == "open" and not isinstance(arguments[0], int) and int(str(arguments[2])) & WRITING
            if opens or event in CHANGES:
                left[0] -= 1
                if left[0] < 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(counted)
        retention.erase(settings_of(centre), asked(by="case 17"), NOW)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _is_whole(centre: Centre, when: str) -> None:
    """Every delivery counts with all its rows or without the person, and what was begun and not ended is said."""
    lake = Lake(centre.lake)
    records, faults = lake.read_records()
    assert (faults, care.look(lake, records, thorough=True)) == ((), ()), when
    assert {record.erasures for record in records} <= {0, 1}, when
    if any(record.erasures for record in records):
        is_done = bool(retention.all_of(settings_of(centre))[0])
        assert is_done or retention.is_pending(settings_of(centre)), when


def _is_erased(centre: Centre, when: str, *, may_be_untouched: bool) -> None:
    settings, lake = settings_of(centre), Lake(centre.lake)
    records = lake.records()
    if may_be_untouched and not any(record.erasures for record in records):
        assert not (settings.work / "receipts").exists() or not retention.all_of(settings)[0], when
        return
    assert {record.erasures for record in records} == {1}, when
    assert places_of(centre.lake, PERSON, NAME) + places_of(settings.work / "receipts", PERSON, NAME) == [], when
    assert not (settings.releases / "old").exists(), when
    assert not retention.is_pending(settings), when
    (receipt,) = retention.all_of(settings)[0]
    assert isinstance(receipt, retention.Erasure)
    known = erased.load(lake)
    assert known is not None
    assert [mark.digests for mark in known.marks] == [receipt.mark.digests], when


def _is_built_from(centre: Centre) -> None:
    """A build after it finds the rows of the others and takes nobody in again."""
    assert centre.take_in().tables["contacts"] == {"accepted": 1, "refused": 2, "held": 1}
