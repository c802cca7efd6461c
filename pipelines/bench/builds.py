"""Seconds and memory of a full build and of the build after one more day, at chosen sizes.

Belongs here: making the centres, building them, the table of stages. Does not belong here: judging a time, or tuning.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from pipelines import warehouse
from pipelines.bench.reader import SLOWER, Reader, read
from pipelines.bench.watching import peaks, watched
from pipelines.progress import Silent
from pipelines.settings import PROJECT, Settings, load_settings

FOLDER = PROJECT / "bench"
FLOOR_SQL = Path(__file__).with_name("floor.sql")


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


def measure(name: str, size: Size, console: Console) -> Iterator[Measured]:
    """Make the centre anew, build it, give it one more day, build again."""
    from pipelines.demo import write_demo, write_next_day

    work = FOLDER / name
    shutil.rmtree(work, ignore_errors=True)
    settings = load_settings({"drop": work / "drop", "work": work, "free_text": "redacted"})
    console.print(f"{name}: writing {size.contacts:,} contacts of {size.agents:,} agents …")
    write_demo(settings.work, **asdict(size))
    yield _build(name, "full", settings, console)
    write_next_day(settings.work, **asdict(size))
    yield _build(name, "one more day", settings, console)


def _build(name: str, kind: str, settings: Settings, console: Console) -> Measured:
    console.print(f"{name}: building ({kind}) …")
    record, whole, samples = watched(_built, settings)
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


def _built(settings: Settings) -> dict[str, Any]:
    from pipelines import stages

    return stages.build(settings, Silent(), fresh=True).as_json() | {"notes": []}


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
