"""The whole chain over time: killed at any stage, run again, and one more day of data."""

from __future__ import annotations

import hashlib
import json
import shutil
import signal
import subprocess
from pathlib import Path

from pipelines.demo import write_next_day
from tests.conftest import SMALL, SmallCentre
from tests.floorwalk_command import build, command, run

STAGES = ("take in", "compute", "shells", "pages with charts", "verify")
"""Stages as the command names them on standard error, each of which a kill interrupts once."""


def test_killed_at_any_stage_the_shown_site_is_whole_and_the_next_run_succeeds(tmp_path: Path) -> None:
    drop, work = tmp_path / "drop", tmp_path / "work"
    drop.mkdir()
    _deliver(drop, rows=40)
    before = _content(build(drop, work).work)
    for number, stage in enumerate(STAGES):
        _deliver(drop, rows=60 + number)
        _kill_in(stage, drop, work)
        assert _content(work) == before, f"killed in {stage!r}"
    after = build(drop, work)
    assert _content(work) != before
    ((offered,),) = after.mart(
        "select n from {fct_kpi_value} where kpi_id = 'answer_rate' and grain = 'centre' and period_kind = 'all'"
    )
    assert offered == 60 + len(STAGES) - 1
    assert not list((work / "runs").iterdir())


def test_the_same_drop_again_is_nothing_to_do_and_still_tells_what_is_shown(tmp_path: Path) -> None:
    drop, work = tmp_path / "drop", tmp_path / "work"
    drop.mkdir()
    _deliver(drop, rows=30)
    first = build(drop, work)
    again = run("build", "--drop", drop, "--work", work, "--json")
    assert again.returncode == 6
    assert json.loads(again.stdout)["build_id"] == first.record["build_id"]


def test_two_builds_of_one_drop_are_the_same_bytes(small_centre: SmallCentre, tmp_path: Path) -> None:
    twin = build(small_centre.folder / "drop", tmp_path)
    assert twin.record["build_id"] == small_centre.built.record["build_id"]
    assert _pages(twin.work) == _pages(small_centre.built.work)


def test_one_more_day_rewrites_only_pages_whose_content_changed(small_centre: SmallCentre, tmp_path: Path) -> None:
    shutil.copytree(small_centre.folder, tmp_path, symlinks=True, dirs_exist_ok=True)
    before = _pages(tmp_path / "work")
    write_next_day(tmp_path, **SMALL)
    record = build(tmp_path / "drop", tmp_path / "work").record
    after = _pages(tmp_path / "work")
    changed = sum(before.get(path) != digest for path, digest in after.items())
    assert record["pages"] == len(after)
    assert 0 < record["rewritten_pages"] == changed <= len(after)
    assert record["rewritten_pages"] + record["reused_pages"] == record["pages"]


def _deliver(drop: Path, rows: int) -> None:
    header = "Call Id,Agent,Date,Time,Topic,Answered (Y/N),Resolved,Speed of answer in seconds,AvgTalkDuration,"
    lines = [header + "Satisfaction rating"]
    for row in range(rows):
        day = f"2021-01-{4 + row % 25:02d}"
        lines.append(
            f"K{row},Agent {row % 4},{day},09:{row % 60:02d}:00,Bill,Y,1,{10 + row % 30},00:02:{row % 60:02d},4"
        )
    (drop / "calls.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _kill_in(stage: str, drop: Path, work: Path) -> None:
    """Start a build and kill -9 it as soon as it says that the stage has begun."""
    arguments = command("build", "--drop", drop, "--work", work)
    with subprocess.Popen(arguments, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if stage in line:
                process.kill()
                break
        process.stderr.read()
    assert process.returncode == -signal.SIGKILL, f"the build never came to {stage!r}"


def _content(work: Path) -> dict[str, str]:
    """Digest of every file of the shown site and of the marts beside it."""
    folders = (work / "site", work / "marts")
    return {
        str(file.relative_to(work)): hashlib.sha256(file.read_bytes()).hexdigest()
        for folder in folders
        for file in sorted(folder.resolve().rglob("*"))
        if file.is_file()
    }


def _pages(work: Path) -> dict[str, str]:
    """Digest of every generated page, by path below the site; the digest is a mail and no page."""
    site = (work / "site").resolve()
    listed = json.loads((site / "build-manifest.json").read_text(encoding="utf-8"))["fingerprints"]
    pages = [path for path in listed if path.endswith(".html") and not path.endswith("changes/digest.html")]
    return {path: hashlib.sha256((site / path).read_bytes()).hexdigest() for path in pages}
