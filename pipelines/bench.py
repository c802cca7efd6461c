"""`make bench`: seconds and memory of a full build and of the build after one more day, at chosen sizes.

Belongs here: making the centres, watching a build from outside, the table and bench/results.json. Does not belong
here: judging a time (nothing here can fail for being slow), or tuning.
A build runs in a process of its own; memory is the sum of resident sets of that process and its children, sampled, so
pages they share are counted more than once and short peaks may be missed.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import platform
import shutil
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from pipelines import warehouse
from pipelines.bench_reader import SLOWER, Reader, read
from pipelines.progress import Silent
from pipelines.settings import PROJECT, Settings, load_settings, quiet_tools

FOLDER = PROJECT / "bench"
SAMPLE_SECONDS = 0.05
FLOOR_SQL = Path(__file__).with_name("bench_floor.sql")


@dataclass(frozen=True)
class Size:
    """One demo centre."""

    agents: int
    teams: int
    contacts: int


SIZES = {
    "tiny": Size(40, 4, 20_000),
    "medium": Size(200, 12, 1_000_000),
    "large": Size(1_000, 60, 10_000_000),
}


@dataclass(frozen=True)
class Measured:
    """One build. Seconds and peak MB are by stage; `whole` seconds include what lies between the stages."""

    size: str
    build: str
    seconds: Mapping[str, float]
    peak_megabytes: Mapping[str, float]
    whole_seconds: float
    pages: int
    rewritten_pages: int
    pages_per_second: float
    bytes_per_page: float
    floor_seconds: float
    compute_to_floor: float
    judgement_seconds: float
    reader: Reader


def main(names: Sequence[str]) -> int:
    """Measure every named size, print the table, write bench/results.json. Returns an exit code."""
    console = Console()
    unknown = [name for name in names if name not in SIZES]
    if unknown or not names:
        console.print(
            f"name sizes to measure: {', '.join(SIZES)}" + (f"; unknown: {', '.join(unknown)}" if unknown else "")
        )
        return 2
    quiet_tools()
    measured = [row for name in names for row in measure(name, SIZES[name], console)]
    console.print(table(measured))
    FOLDER.mkdir(exist_ok=True)
    results = {"machine": machine(), "builds": [asdict(row) for row in measured]}
    (FOLDER / "results.json").write_text(json.dumps(results, indent=1, allow_nan=False), encoding="utf-8")
    console.print(f"written to {(FOLDER / 'results.json').relative_to(PROJECT)}")
    return 0


def measure(name: str, size: Size, console: Console) -> Iterator[Measured]:
    """Make the centre anew, build it, give it one more day, build again."""
    from pipelines.demo import write_demo, write_next_day

    work = FOLDER / name
    shutil.rmtree(work, ignore_errors=True)
    settings = load_settings({"drop": work / "drop", "work": work})
    console.print(f"{name}: writing {size.contacts:,} contacts of {size.agents:,} agents …")
    write_demo(settings.work, **asdict(size))
    yield _build(name, "full", settings, console)
    write_next_day(settings.work, **asdict(size))
    yield _build(name, "one more day", settings, console)


def _build(name: str, kind: str, settings: Settings, console: Console) -> Measured:
    console.print(f"{name}: building ({kind}) …")
    record, whole, samples = watched(settings)
    floor = floor_seconds(settings)
    stages: dict[str, float] = record["stages"]
    rendering = stages["render"]
    return Measured(
        size=name,
        build=kind,
        seconds=stages,
        peak_megabytes=peaks(stages, samples),
        whole_seconds=round(whole, 3),
        pages=record["pages"],
        rewritten_pages=record["rewritten_pages"],
        pages_per_second=round(record["pages"] / rendering, 1),
        bytes_per_page=round(bytes_of_pages(settings.site) / max(record["pages"], 1)),
        floor_seconds=round(floor, 3),
        compute_to_floor=round(stages["compute"] / floor, 2),
        judgement_seconds=round(judgement_seconds(settings), 3),
        reader=read(settings.site),
    )


def watched(settings: Settings) -> tuple[dict[str, Any], float, list[tuple[float, float]]]:
    """Build in a fresh process; returns the record, the seconds, and samples (seconds since its start, MB)."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(settings, sender))
    child.start()
    sender.close()
    try:
        receiver.recv()
        began = time.monotonic()
        with _sampling(child.pid or 0, began) as samples:
            record = receiver.recv()
            whole = time.monotonic() - began
    except EOFError as error:
        raise RuntimeError("the build being measured did not finish; its own words are above") from error
    finally:
        child.join()
    return record, whole, samples


def _child(settings: Settings, sender: Connection) -> None:
    from pipelines import stages

    sender.send("begin")
    sender.send(stages.build(settings, Silent(), fresh=True).as_json() | {"notes": []})


@contextmanager
def _sampling(process: int, began: float) -> Iterator[list[tuple[float, float]]]:
    """Samples of a process tree's memory while the block runs."""
    samples: list[tuple[float, float]] = []
    stop = threading.Event()

    def look() -> None:
        while not stop.wait(SAMPLE_SECONDS):
            samples.append((time.monotonic() - began, tree_megabytes(process)))

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield samples
    finally:
        stop.set()
        watcher.join()


def tree_megabytes(process: int, proc: Path = Path("/proc")) -> float:
    """Resident memory of a process and all its descendants in MB; 0 where the system has no /proc."""
    try:
        pages = int((proc / str(process) / "statm").read_text().split()[1])
        children = [
            int(c) for task in (proc / str(process) / "task").glob("*/children") for c in task.read_text().split()
        ]
    except (OSError, IndexError):
        return 0.0
    own = pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    return own + sum(tree_megabytes(child, proc) for child in children)


def peaks(stages: Mapping[str, float], samples: Sequence[tuple[float, float]]) -> dict[str, float]:
    """Highest sample within each stage; stages follow one another from the start.

    A stage shorter than the time between samples has the sample before its end.
    """
    found: dict[str, float] = {}
    begins = 0.0
    for stage, seconds in stages.items():
        ends = begins + seconds
        before = [mb for at, mb in samples if at < ends]
        within = [mb for at, mb in samples if begins <= at < ends]
        found[stage] = round(max(within or before[-1:] or [0.0]), 1)
        begins = ends
    return found


def floor_seconds(settings: Settings) -> float:
    """Seconds of the hand-written aggregation over the contacts in the lake, results fetched."""
    files = sorted(str(file) for file in (settings.lake / "contacts").glob("*.parquet"))
    began = time.monotonic()
    warehouse.read(FLOOR_SQL.read_text(encoding="utf-8").replace("$contacts", "?"), [files])
    return time.monotonic() - began


def judgement_seconds(settings: Settings) -> float:
    """Seconds of the judging models alone, dbt's own start and overhead included, over the sums of the last build."""
    from pipelines import transform

    began = time.monotonic()
    failed = [node.name for node in transform.judge_again(settings) if node.failed]
    seconds = time.monotonic() - began
    if failed:
        raise RuntimeError(f"judging models failed when run again: {', '.join(failed)}")
    return seconds


def bytes_of_pages(site: Path) -> int:
    """Bytes of all HTML pages of the site."""
    return sum(page.stat().st_size for page in site.rglob("*.html"))


def machine() -> dict[str, Any]:
    """What the numbers were measured on."""
    return {"python": platform.python_version(), "system": platform.system(), "processors": os.cpu_count()}


def table(measured: Sequence[Measured]) -> Table:
    """One row per build and stage, and what the whole came to."""
    shown = Table("size", "build", "stage", title="Floorwalk, measured")
    for heading in ("seconds", "peak MB", "note"):
        shown.add_column(heading, justify="left" if heading == "note" else "right")
    for row in measured:
        notes = {
            "compute": f"{row.compute_to_floor}× the floor ({row.floor_seconds:.2f} s); "
            f"judging alone {row.judgement_seconds:.1f} s",
            "render": f"{row.pages_per_second:,} pages/s, {row.rewritten_pages:,} of {row.pages:,} rewritten",
        }
        for stage, seconds in row.seconds.items():
            peak = f"{row.peak_megabytes[stage]:,.0f}"
            shown.add_row(row.size, row.build, stage, f"{seconds:.2f}", peak, notes.get(stage, ""))
        whole = f"{row.bytes_per_page / 1000:.1f} kB of HTML per page"
        shown.add_row(row.size, row.build, "whole", f"{row.whole_seconds:.2f}", "", whole)
        shown.add_row(row.size, row.build, "reader", *_reader(row.reader), end_section=True)
    return shown


def _reader(found: Reader) -> tuple[str, str, str]:
    """Seconds until a team's charts stand, nothing, and what was loaded."""
    charts = "no browser" if found.charts_milliseconds is None else f"{found.charts_milliseconds / 1000:.2f}"
    first, team = found.first_page_bytes / 1000, found.team_page_bytes / 1000
    note = f"a team's charts, processor {SLOWER}× slower; compressed: first page {first:.0f} kB, team {team:.0f} kB"
    return charts, "", note


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
