"""One file into the lake: archive the original, read it, check it, commit it. Also again, when its mapping has changed.

Belongs here: the steps of one delivery and the scratch database they use. Does not belong here: which files are taken
(`intake`), what each step does (`readers`, `load`, `lake`).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from pipelines.errors import Exit, FloorwalkError, Problem
from pipelines.ingest.identify import Found, Recognised
from pipelines.ingest.lake import Lake, Record, archive
from pipelines.ingest.layout import header_key
from pipelines.ingest.load import load_table
from pipelines.ingest.readers import Unreadable, delimited, json_lines, parquet, workbook

_READ_IN_MEMORY_BYTES = 256 << 20
"""Files up to this size are read into memory; larger ones into a database file, slower but small in memory."""


@dataclass(frozen=True)
class Arrival:
    """A file of the drop whose bytes the lake does not hold yet."""

    found: Found
    sha256: str
    recognised: Recognised


@dataclass(frozen=True)
class Receiver:
    """Takes files into one lake. `scratch` is a folder of this run."""

    lake: Lake
    parsers: str
    memory_limit: str
    scratch: Path

    def take(self, arrival: Arrival, sequence: int) -> Record:
        """Archive, read and commit a new file. Raises FloorwalkError when it changed meanwhile."""
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
        )
        return self._read(record, seen)

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

    def _read(self, record: Record, seen: Recognised) -> Record:
        """Read, check and commit one delivery. Raises Unreadable when its rows cannot be got out of the file."""
        size = self.lake.original(record).stat().st_size
        with self.connection(in_memory=size <= _READ_IN_MEMORY_BYTES) as (connection, scratch):
            connection.execute(self.parsers)
            try:
                read_rows(connection, self.lake.original(record), seen, scratch)
            except duckdb.Error as error:
                raise Unreadable(str(error).split("\n")[0]) from error
            tables = []
            for mapping in seen.layout.tables:
                accepted = self.lake.accepted(mapping.table.name, record.delivery_id, record.mapping)
                refused = self.lake.refused(mapping.table.name, record.delivery_id, record.mapping)
                accepted.parent.mkdir(parents=True, exist_ok=True)
                tables.append(
                    load_table(connection, seen.layout, mapping, record.delivery_id, record.file, accepted, refused)
                )
        complete = replace(record, tables=tuple(tables))
        self.lake.commit(complete)
        return complete

    @contextmanager
    def connection(self, in_memory: bool = True) -> Iterator[tuple[duckdb.DuckDBPyConnection, Path]]:
        """A scratch database that sees the lake and the scratch folder and nothing else of the machine."""
        scratch = self.scratch / "reading"
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(parents=True)
        connection = duckdb.connect(":memory:" if in_memory else str(scratch / "reading.duckdb"))
        try:
            connection.execute("set memory_limit = ?", [self.memory_limit])
            connection.execute("set temp_directory = ?", [str(scratch / "spill")])
            connection.execute("set autoinstall_known_extensions = false")
            connection.execute("set autoload_known_extensions = false")
            connection.execute("set allowed_directories = ?", [[str(self.lake.root.resolve()), str(self.scratch)]])
            connection.execute("set enable_external_access = false")
            yield connection, scratch
        finally:
            connection.close()
            shutil.rmtree(scratch, ignore_errors=True)


def read_rows(connection: duckdb.DuckDBPyConnection, file: Path, seen: Recognised, scratch: Path) -> None:
    """Run the reader of the file's kind (see `readers`)."""
    file = file.resolve()
    if seen.kind == "parquet":
        parquet.read(connection, file, seen.header, seen.positions)
    elif seen.kind == "xlsx":
        workbook.read(connection, seen.header, seen.positions)
    elif seen.kind == "jsonl":
        spellings = {
            header_key(header): column.source_id for column in seen.layout.columns for header in column.headers
        }
        json_lines.read(connection, file, seen.header, spellings, scratch)
    else:
        delimited.read(connection, file, seen.header, seen.positions, scratch)
