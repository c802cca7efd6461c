"""Taking files in is stopped at every single step: killed, disk full, disk read-only. Nothing is ever half accepted.

The steps are not written down here: an audit hook of Python sees every file that is opened for writing, made, renamed
or removed, and stops the n-th of them, for every n there is. What DuckDB writes by itself is stopped by the kernel,
which lets files grow only so far, or by a real disk of a few kilobytes.
"""

from __future__ import annotations

import errno
import multiprocessing
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from pipelines.errors import Exit, FloorwalkError
from pipelines.ingest import care
from pipelines.ingest.lake import Lake
from tests.unit.ingest_centre import ENGLISH, LAYOUT, Centre, delimited

CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
LIMITS = (0, 60, 300, 700, 1200, 2000, 2600, 3200)
"""Bytes that a file may grow to; the accepted rows of the test take some three thousand."""
FAULTS = (errno.ENOSPC, errno.EROFS)
PAGE = 4096
"""Bytes of the smallest file on a disk in memory."""
DAY = "2024-03-01 09:00:00"

Content = dict[str, object]


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    """A lake with one delivery; waiting are a changed mapping, a correction of that delivery and a file with faults."""
    centre = Centre(tmp_path)
    centre.deliver("1.csv", _calls(("C1", "1"), ("C2", "2")))
    centre.take_in()
    centre.layout(LAYOUT.replace("as_seconds(talk)", "as_seconds(talk) * 60"))
    centre.deliver("2.csv", _calls(("C2", "22"), ("C3", "3"), ("C4", "a while")))
    centre.deliver("3.jsonl", '{"Call Id": "C5", "Agent": "b", "Start": "' + DAY + '", "Answered": "Y", "Talk": "5"}\n')
    shutil.copytree(centre.lake, tmp_path / "before")
    return centre


def test_killed_at_any_step_nothing_is_half_accepted_and_the_next_run_completes(centre: Centre) -> None:
    whole = _undisturbed(centre)
    steps = 0
    while _forked(centre, partial(_stop_at, steps, _kill)) == -signal.SIGKILL:
        _is_whole_and_completes(centre, whole, f"killed at step {steps}")
        steps += 1
    assert steps > 20


def test_killed_in_the_middle_of_a_file_nothing_is_half_accepted_and_the_next_run_completes(centre: Centre) -> None:
    whole = _undisturbed(centre)
    killed = 0
    for limit in LIMITS:
        ended = _forked(centre, partial(_let_grow, limit, fatal=True))
        killed += ended == -signal.SIGXFSZ
        _is_whole_and_completes(centre, whole, f"killed at {limit} bytes")
    assert killed >= len(LIMITS) - 2


def test_a_disk_that_fails_at_any_step_is_told_in_words_and_the_next_run_completes(centre: Centre) -> None:
    whole = _undisturbed(centre)
    steps = 0
    while _forked(centre, partial(_stop_at, steps, _fail_from_here(FAULTS[steps % len(FAULTS)])), _told) == 0:
        _is_whole_and_completes(centre, whole, f"failed from step {steps} on")
        steps += 1
    assert steps > 20


def test_a_file_that_cannot_grow_is_told_in_words_and_the_next_run_completes(centre: Centre) -> None:
    whole = _undisturbed(centre)
    told = 0
    for limit in LIMITS:
        told += _forked(centre, partial(_let_grow, limit, fatal=False), _told) == 0
        _is_whole_and_completes(centre, whole, f"no room at {limit} bytes")
    assert told >= len(LIMITS) - 2


def test_a_real_full_or_read_only_disk_is_told_in_words_and_the_next_run_completes(
    centre: Centre, tmp_path: Path
) -> None:
    whole = _undisturbed(centre)
    with _disk(tmp_path / "disk") as remount:
        centre.lake = tmp_path / "disk" / "lake"
        filler = tmp_path / "disk" / "filler"
        for free in (0, 1, 2, 3, 5, 7, "read-only"):
            shutil.rmtree(centre.lake, ignore_errors=True)
            shutil.copytree(tmp_path / "before", centre.lake)
            if isinstance(free, int):
                room = shutil.disk_usage(filler.parent).free
                filler.write_bytes(bytes(room - free * PAGE))
            else:
                remount("ro")
            with pytest.raises(FloorwalkError, match=r"no room left|too little room|disk is read-only") as caught:
                centre.take_in()
            assert caught.value.exit_code is Exit.PUBLISH_FAILED
            remount("rw")
            filler.unlink(missing_ok=True)
            _is_sound(centre, f"free: {free}")
            assert _content(centre) == whole, f"free: {free}"


def test_something_else_in_the_place_of_a_folder_is_told_in_words(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.deliver("1.csv", _calls(("C1", "1")))
    centre.lake.mkdir()
    for name in ("originals", "refused", "deliveries", "superseded", "contacts"):
        (centre.lake / name).write_text("in the way")
        with pytest.raises(FloorwalkError, match="stands where a folder belongs") as caught:
            centre.take_in()
        assert caught.value.exit_code is Exit.PUBLISH_FAILED
        (centre.lake / name).unlink()
    assert centre.take_in().tables["contacts"]["accepted"] == 1


def _calls(*calls: tuple[str, str]) -> str:
    return delimited(ENGLISH[:5], tuple((call, "a", DAY, "Y", talk) for call, talk in calls))


def _undisturbed(centre: Centre) -> Content:
    """What the lake holds after a run that nothing stops; the lake is put back to what it was before."""
    whole = _content(centre)
    _put_back(centre)
    return whole


def _put_back(centre: Centre) -> None:
    shutil.rmtree(centre.lake)
    shutil.copytree(centre.lake.parent / "before", centre.lake)


def _is_whole_and_completes(centre: Centre, whole: Content, when: str) -> None:
    _is_sound(centre, when)
    assert _content(centre) == whole, when
    _put_back(centre)


def _is_sound(centre: Centre, when: str) -> None:
    """Every record is whole and so is everything it names."""
    lake = Lake(centre.lake)
    records, faults = lake.read_records()
    assert (faults, care.look(lake, records, thorough=True)) == ((), ()), when
    assert {"1.csv"} <= {record.file for record in records} <= {"1.csv", "2.csv", "3.jsonl"}, when


def _content(centre: Centre) -> Content:
    """After a run: names of all files of the lake, what the records say of rows, and the rows that count."""
    intake = centre.take_in()
    with centre.raw(intake) as connection:
        rows = connection.execute("select * from raw.contacts order by contact_id").fetchall()
    files = sorted(str(file.relative_to(centre.lake)) for file in centre.lake.rglob("*") if file.is_file())
    return {"files": files, "deliveries": intake.deliveries, "rows": rows, "faults": centre.faults()}


def _forked(centre: Centre, arm: Callable[[], None], run: Callable[[Centre], None] = Centre.take_in) -> int:  # type: ignore[assignment]
    """Exit code of a process that is armed and then takes in."""
    process = multiprocessing.get_context("fork").Process(target=_child, args=(centre, arm, run))
    process.start()
    process.join()
    assert process.exitcode is not None
    return process.exitcode


def _child(centre: Centre, arm: Callable[[], None], run: Callable[[Centre], None]) -> None:
    sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115  the process ends soon
    arm()
    run(centre)


def _told(centre: Centre) -> None:
    """Ends well only when the run was refused with words for people."""
    try:
        centre.take_in()
    except FloorwalkError as error:
        (problem,) = error.problems
        told = all((problem.what, problem.where, problem.why, problem.fix))
        os._exit(0 if told and error.exit_code is Exit.PUBLISH_FAILED else 3)
    os._exit(9)


def _stop_at(step: int, stop: Callable[[], None]) -> None:
    """Stop the process, or fail its operation, at one of its changes to files, counted from 0."""
    seen = -1

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        opens = event == "open" and not isinstance(arguments[0], int) and int(str(arguments[2])) & WRITING
        if opens or event in CHANGES:
            seen += 1
            if seen >= step:
                stop()

    sys.addaudithook(hook)


def _kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _fail_from_here(number: int) -> Callable[[], None]:
    def fail() -> None:
        raise OSError(number, os.strerror(number))

    return fail


def _let_grow(limit: int, *, fatal: bool) -> None:
    """Files of this process may grow to `limit` bytes; beyond it the kernel kills it, or refuses to write."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL if fatal else signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))


@contextmanager
def _disk(place: Path) -> Iterator[Callable[[str], None]]:
    """A disk in memory of its own; yields what mounts it anew with other options. Skips where that is not allowed."""
    place.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", place], capture_output=True, check=False)
    if made.returncode != 0:
        pytest.skip("this account may not mount a disk")

    def remount(options: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{options}", place], check=True)

    try:
        yield remount
    finally:
        subprocess.run(["umount", place], check=True)
