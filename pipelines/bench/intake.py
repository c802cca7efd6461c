"""Seconds and memory of taking many files in at once, and beside them DuckDB's own reading of the same files.

Belongs here: writing the files, the three measurements, their table. Does not belong here: builds (`builds`).
The files are of the demo centre's telephone system (dbt_project/exports/demo_telephony.yml), written by one statement
per file: every row is distinct and none is faulty.
"""

from __future__ import annotations

import resource
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from pipelines import warehouse
from pipelines.bench.builds import FOLDER
from pipelines.bench.watching import watched
from pipelines.progress import Silent
from pipelines.settings import PROJECT, Settings, load_settings


@dataclass(frozen=True)
class Load:
    """How much is delivered at once."""

    contacts: int
    files: int


LOADS = {
    "files-tiny": Load(60_000, 6),
    "files-medium": Load(1_000_000, 60),
    "files": Load(10_000_000, 60),
}


@dataclass(frozen=True)
class Taken:
    """One delivery of many files. The three readings by DuckDB: as text, with types, with types and into Parquet.

    Seconds on the clock hang on what else the machine does; processor seconds of all threads hardly do.
    """

    load: str
    files: int
    rows: int
    megabytes: float
    seconds: float
    rows_per_second: int
    peak_megabytes: float
    processor_seconds: float
    text: tuple[float, float]
    """Seconds and processor seconds, here and below."""
    typed: tuple[float, float]
    parquet: tuple[float, float]
    times_typed: tuple[float, float]


def measure(name: str, load: Load, console: Console) -> Taken:
    """Write the files, take them in within one run, and let DuckDB read them."""
    work = FOLDER / name
    shutil.rmtree(work, ignore_errors=True)
    settings = load_settings({"drop": work / "drop", "work": work})
    console.print(f"{name}: writing {load.contacts:,} contacts in {load.files} files …")
    size = write(settings.drop, load)
    console.print(f"{name}: reading with DuckDB alone …")
    text, typed, parquet = (watched(_read, settings, how)[0] for how in ("text", "typed", "parquet"))
    console.print(f"{name}: taking in …")
    (accepted, (seconds, processor), own_peak), _, samples = watched(_take_in, settings)
    if accepted != load.contacts:
        raise RuntimeError(f"{accepted:,} of {load.contacts:,} contacts were accepted")
    return Taken(
        load=name,
        files=load.files,
        rows=accepted,
        megabytes=round(size / 1e6, 1),
        seconds=seconds,
        rows_per_second=round(accepted / seconds),
        peak_megabytes=round(max([own_peak, *(megabytes for _, megabytes in samples)]), 1),
        processor_seconds=processor,
        text=text,
        typed=typed,
        parquet=parquet,
        times_typed=(round(seconds / typed[0], 2), round(processor / typed[1], 2)),
    )


def write(drop: Path, load: Load) -> int:
    """Write the files; returns their bytes together. Same load, same bytes."""
    drop.mkdir(parents=True, exist_ok=True)
    each = load.contacts // load.files
    for number in range(load.files):
        last = load.contacts if number == load.files - 1 else (number + 1) * each
        file = drop / f"contacts_{number + 1:02d}.csv"
        warehouse.read(f"copy ({_rows(number * each, last, number)}) to '{file}' (format csv, header)")
    return sum(file.stat().st_size for file in drop.iterdir())


def _rows(first: int, last: int, number: int) -> str:
    """Contacts `first` to `last` as the telephone system writes them, over ten days of their own."""
    ended = "h % 50 > 1"
    return f"""
        select
            printf('FW-%04d-%07d', number // 10000000, number % 10000000) as "Call ID",
            case when {ended} then printf('A%04d', h // 64 % 1000 + 1) end as "Agent ID",
            strftime(
                timestamp '2025-01-01' + to_days(({number * 10} + (number - {first}) * 10 // {last - first})::integer)
                + to_seconds(28800 + h // 128 % 36000), '%Y-%m-%d %H:%M:%S'
            ) as "Start Time",
            (['phone', 'chat', 'email'])[h // 256 % 3 + 1] as "Media",
            case when h // 512 % 10 = 0 then 'outbound' else 'inbound' end as "Direction",
            (['billing', 'service', 'sales', 'technical', 'retention'])[h // 1024 % 5 + 1] as "Skill Group",
            printf('reason_%02d', h // 2048 % 24) as "Contact Reason",
            (['regular', 'premium'])[h // 4096 % 2 + 1] as "Customer Segment",
            'Y' as "Offered",
            case when {ended} then 'Y' else 'N' end as "Answered",
            printf('00:%02d:%02d', h // 8192 % 4, h // 16384 % 60) as "Queue Time",
            case when {ended} then printf('00:%02d:%02d', h // 32768 % 12, h // 65536 % 60) end as "Talk Time",
            case when {ended} then printf('00:00:%02d', h // 131072 % 60) end as "Hold Time",
            case when {ended} then printf('00:%02d:%02d', h // 262144 % 3, h // 524288 % 60) end as "Wrap-up Time",
            null::varchar as "Dial Time",
            null::varchar as "First Response (s)",
            case when {ended} then case when h // 1048576 % 12 = 0 then 'Y' else 'N' end end as "Transferred",
            case when {ended} then case when h // 2097152 % 4 = 0 then 'N' else 'Y' end end as "Case Solved",
            'N' as "Complaint",
            case when {ended} then (['Agent', 'Customer'])[h // 4194304 % 2 + 1] end as "Released By",
            printf('C%07d', h // 8388608 % 2000000) as "Customer Ref"
        from (select range as number, (hash(range) // 2)::bigint as h from range({first}, {last}))
    """


def _take_in(settings: Settings) -> tuple[int, tuple[float, float], float]:
    """Contacts accepted, seconds (see `_spent`), and the highest resident memory of this process in MB."""
    from pipelines import ingest

    began = _clocks()
    intake = ingest.take_in(
        settings.drop,
        settings.lake,
        PROJECT / "dbt_project",
        memory_limit=settings.memory_limit,
        scratch=settings.work / "scratch",
        progress=Silent(),
    )
    spent = _spent(began)
    return intake.tables["contacts"]["accepted"], spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def _clocks() -> tuple[float, float]:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.monotonic(), own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _spent(began: tuple[float, float]) -> tuple[float, float]:
    """Seconds on the clock and of processors since then, children's included."""
    now = _clocks()
    return round(now[0] - began[0], 2), round(now[1] - began[1], 2)


def _read(settings: Settings, how: str) -> tuple[float, float]:
    """Seconds (see `_spent`) in which DuckDB reads the same files, guessing as it does, and keeps the result."""
    told = ", all_varchar = true" if how == "text" else ""
    source = f"select * from read_csv('{settings.drop}/*.csv', header = true{told})"
    with warehouse.writing(settings.work / "read.duckdb", settings.memory_limit) as connection:
        connection.execute("set enable_progress_bar = false")
        connection.execute("attach ':memory:' as kept")
        began = _clocks()
        if how == "parquet":
            connection.execute(f"copy ({source}) to '{settings.work}/read.parquet' (format parquet, compression zstd)")
        else:
            connection.execute(f"create table kept.contacts as {source}")
        return _spent(began)


def table(taken: Sequence[Taken]) -> Table:
    """One row per load and way of reading; beside DuckDB's readings, how many times as long taking in was."""
    shown = Table("what", title="Taking files in, measured")
    for heading in ("seconds", "times", "processor seconds", "times", "peak MB"):
        shown.add_column(heading, justify="right")
    for row in taken:
        name = f"{row.rows:,} contacts in {row.files} files of {row.megabytes:,.0f} MB"
        shown.add_row(name, f"{row.seconds:.2f}", "", f"{row.processor_seconds:.2f}", "", f"{row.peak_megabytes:,.0f}")
        for what, (seconds, processors) in (
            ("DuckDB reads text", row.text),
            ("DuckDB reads types", row.typed),
            ("DuckDB reads types, to Parquet", row.parquet),
        ):
            times = (f"{row.seconds / seconds:.1f}×", f"{row.processor_seconds / processors:.1f}×")
            shown.add_row(what, f"{seconds:.2f}", times[0], f"{processors:.2f}", times[1])
        shown.add_row("", f"{row.rows_per_second:,} rows/s", end_section=True)
    return shown
