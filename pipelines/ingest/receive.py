"""One file into the lake: archive the original, read it, check it. Also again, when its mapping has changed.

Nothing counts before it is committed, which `intake` does once every file of the run has been read and judged.

Belongs here: the steps of one delivery and the scratch database they use. Does not belong here: which files are taken
(`intake`), what each step does (`readers`, `load`, `lake`).
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path

import duckdb

from pipelines import storage
from pipelines.errors import Exit, FloorwalkError, Problem
from pipelines.ingest import cut, erased, tidy, whose
from pipelines.ingest.contract import Table
from pipelines.ingest.erased import Erased
from pipelines.ingest.identify import Found, Recognised
from pipelines.ingest.lake import Lake, archive
from pipelines.ingest.load import load_table
from pipelines.ingest.readers import Unreadable, delimited, json_objects, parquet, preamble, said_of, unpivot, workbook
from pipelines.ingest.records import Record, doubt_about
from pipelines.ingest.unpack import unpacked

_PACKED, _UNPACKED = (".gz", ".zip"), 10
"""Endings of archives, and how many times larger their content is taken to be."""
_AT_A_TIME = min(4, max(2, os.cpu_count() or 1))
"""Files taken at the same time: DuckDB reads a file of common size with one processor."""
_THREADS_EACH = max(1, (os.cpu_count() or 1) // _AT_A_TIME)
"""Threads for each of them: more than there are processors cost time."""
_READ_TOGETHER_BYTES = 400 << 20
"""A file that needs more room than this (see `room_for`) is taken alone."""
_READ_IN_MEMORY_BYTES = 256 << 20
"""Files up to this size are read into memory; larger ones into a database file, slower but small in memory."""


@dataclass(frozen=True)
class Arrival:
    """A file of the drop whose bytes the lake does not hold yet."""

    found: Found
    sha256: str
    recognised: Recognised


def _size(file: Path) -> int:
    """Its size; nothing for a file that has gone, which is told when it is taken."""
    try:
        return file.stat().st_size
    except OSError:
        return 0


def room_for(arrivals: Sequence[Arrival]) -> int:
    """Bytes that taking files in may need: the original and its rows, and for the largest a copy while it is read."""
    sizes = [_size(arrival.found.path) for arrival in arrivals]
    unpacked_sizes = [
        size * (_UNPACKED if arrival.found.path.suffix.lower() in _PACKED else 1)
        for arrival, size in zip(arrivals, sizes, strict=True)
    ]
    return sum(sizes) + sum(unpacked_sizes) + 2 * max(unpacked_sizes, default=0)


@dataclass(frozen=True)
class Receiver:
    """Takes files into one lake. `scratch` is a folder of this run."""

    lake: Lake
    parsers: str
    memory_limit: str
    scratch: Path

    @cached_property
    def erased(self) -> Erased | None:
        """Everybody who was erased from this lake. Raises FloorwalkError when that cannot be known."""
        return erased.load(self.lake)

    def take_all(
        self, arrivals: Sequence[Arrival], received_at: datetime
    ) -> Generator[tuple[Arrival, Callable[[], Record]], None, None]:
        """Take files, some at a time, and hand them on in their order: each with a call that gives its record (see
        `take`) or raises. Large files are taken one at a time, for memory."""
        small = [arrival for arrival in arrivals if room_for([arrival]) <= _READ_TOGETHER_BYTES]
        with ThreadPoolExecutor(max_workers=_AT_A_TIME) as pool:
            try:
                threads = _THREADS_EACH if len(small) > 1 else None
                waiting = {id(arrival): pool.submit(self.take, arrival, 0, received_at, threads) for arrival in small}
                for arrival in arrivals:
                    future = waiting.pop(id(arrival), None)
                    yield arrival, future.result if future else partial(self.take, arrival, 0, received_at)
            finally:
                pool.shutdown(cancel_futures=True)

    def take(self, arrival: Arrival, sequence: int, received_at: datetime, threads: int | None = None) -> Record:
        """Archive and read a new file, in so many threads. Raises FloorwalkError when it changed meanwhile."""
        sha256, archived = archive(arrival.found.path, self.lake.root / "originals")
        if sha256 != arrival.sha256:
            raise FloorwalkError(
                Problem(
                    "the file changed while it was read",
                    where=arrival.found.name,
                    fix="build again once it is complete",
                ),
                Exit.INPUT_REJECTED,
            )
        seen = arrival.recognised
        record = Record(
            delivery_id=sha256[:16],
            sha256=sha256,
            sequence=sequence,
            file=arrival.found.name,
            layout=seen.layout.name,
            data_set=seen.layout.data_set,
            mapping=seen.layout.digest,
            original=archived,
            encoding=seen.encoding.name,
            evidence=seen.encoding.evidence,
            tables=(),
            received_at=received_at,
        )
        read = self._read(record, seen, threads)
        if read.erasures:  # nothing but what is left of it may stay, even if this run is refused
            for file in (self.lake.original(record), *self.lake.rows_of(replace(read, erasures=0))):
                file.unlink()
        return read

    def again(self, record: Record, seen: Recognised) -> Record:
        """Read an archived file again, as its layout says now; it keeps its place in the order of arrival."""
        changed = replace(
            record,
            layout=seen.layout.name,
            data_set=seen.layout.data_set,
            mapping=seen.layout.digest,
            encoding=seen.encoding.name,
            evidence=seen.encoding.evidence,
        )
        return self._read(changed, seen)

    def left(self, record: Record, tables: Mapping[str, Table], *, rows_are_whole: bool) -> Record:
        """What is left of a delivery after an erasure, made again: its rows from the archive, or the archive from
        rows that are whole."""
        with self.connection(in_memory=False) as (connection, _):
            make = cut.with_rest if rows_are_whole else partial(cut.restored, tables=tables)
            return make(self.lake, connection, record=record)

    def _read(self, record: Record, seen: Recognised, threads: int | None = None) -> Record:
        """Read and check one delivery; it does not count yet. Raises Unreadable when its rows cannot be got out."""
        size = self.lake.original(record).stat().st_size * (_UNPACKED if record.original.endswith(_PACKED) else 1)
        in_memory = size <= _READ_IN_MEMORY_BYTES
        with self.connection(in_memory, casting=True, threads=threads) as (connection, scratch):
            connection.execute(self.parsers)
            file = unpacked(self.lake.original(record), scratch / "unpacked", record.file)
            try:
                read_rows(connection, file, seen, scratch)
            except duckdb.Error as error:
                if storage.number_of(error) is not None:
                    raise
                raise Unreadable(said_of(error)) from error
            is_cut_off = _is_cut_off(connection, file, seen)
            layout, odd = tidy.layout_for(connection, seen.layout)
            tables = []
            for mapping in layout.tables:
                accepted = self.lake.accepted(mapping.table.name, record.delivery_id, record.reading)
                refused = self.lake.refused(mapping.table.name, record.delivery_id, record.reading)
                accepted.parent.mkdir(parents=True, exist_ok=True)
                told = (record.delivery_id, record.file, accepted, refused, record.received_at)
                loaded = load_table(connection, layout, mapping, *told)
                strange = tidy.counted(connection, odd.get(loaded.table, ()), accepted)
                tables.append(replace(loaded, strange=(*loaded.strange, *strange)))
            complete = replace(record, tables=tuple(tables), doubts=())
            if is_cut_off:
                cut_off = replace(doubt_about(complete, complete.tables[0]), doubt="cut_off", affected_rows=1)
                complete = replace(complete, doubts=(cut_off,))
            if self.erased is None:
                return complete
            known = {mapping.table.name: mapping.table for mapping in layout.tables}
            is_held = whose.are_named(connection, layout.tables, self.erased)
            left = cut.cut(self.lake, connection, known, complete, self.erased, is_held=is_held)
        return left or complete

    @contextmanager
    def connection(
        self, in_memory: bool = True, *, casting: bool = False, threads: int | None = None
    ) -> Iterator[tuple[duckdb.DuckDBPyConnection, Path]]:
        """A scratch database that sees the lake and the scratch folder and nothing else of the machine.

        `casting` is for the one statement that casts and checks: a filter pushed down there is a parser run again, and
        `in` among expressions a join of all rows. `threads`: all that DuckDB finds useful when not said.
        """
        self.scratch.mkdir(parents=True, mode=0o700, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix="reading-", dir=self.scratch))
        connection = duckdb.connect(":memory:" if in_memory else str(scratch / "reading.duckdb"))
        try:
            connection.execute("set memory_limit = ?", [self.memory_limit])
            connection.execute("set temp_directory = ?", [str(scratch / "spill")])
            connection.execute("set autoinstall_known_extensions = false")
            connection.execute("set autoload_known_extensions = false")
            connection.execute("set allowed_directories = ?", [[str(self.lake.root.resolve()), str(self.scratch)]])
            connection.execute("set enable_external_access = false")
            if casting:
                connection.execute("set disabled_optimizers = 'filter_pushdown,in_clause'")
            if threads is not None:
                connection.execute("set threads = ?", [threads])
            connection.execute("set lock_configuration = true")
            yield connection, scratch
        finally:
            connection.close()
            shutil.rmtree(scratch, ignore_errors=True)


def read_rows(connection: duckdb.DuckDBPyConnection, file: Path, seen: Recognised, scratch: Path) -> None:
    """Run the reader of the file's kind (see `readers`)."""
    file, read = file.resolve(), seen.layout.read
    if seen.kind in ("json", "jsonl"):
        json_objects.read(connection, file, seen.header, seen.kind, seen.layout, scratch)
        return
    positions = seen.positions | unpivot.places(seen.spread)
    if seen.kind == "parquet":
        parquet.read(connection, file, seen.header, positions)
    elif seen.kind == "xlsx":
        workbook.read(connection, seen.header, positions)
    else:
        delimited.read(connection, file, seen.header, positions, scratch)
    if read.unpivot is not None:
        unpivot.turn(connection, read.unpivot, seen.spread, seen.positions)
    if read.preamble is not None:
        preamble.add(connection, read.preamble, seen.header.preamble)


def _is_cut_off(connection: duckdb.DuckDBPyConnection, file: Path, seen: Recognised) -> bool:
    """Whether the text ends without a line end, in a line that could not be split: its rest is missing."""
    if seen.kind in ("parquet", "xlsx", "json"):  # a JSON document that is cut off is not read at all
        return False
    unread, read = (connection.execute(f"select max(source_line) from {name}").fetchone() for name in _LEFT_BY_READERS)
    last = unread[0] if unread else None
    if last is None or (read and read[0] is not None and read[0] > last):
        return False
    with file.open("rb") as stream:
        stream.seek(max(0, file.stat().st_size - 4))
        return not stream.read().rstrip(b"\0").endswith((b"\n", b"\r"))


_LEFT_BY_READERS = ("unread", "source")
