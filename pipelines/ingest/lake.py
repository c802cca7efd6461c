"""The lake: what was delivered, kept for ever and only added to. Files and the commit point; no SQL about rows.

  originals/<sha256><suffix>                        the file as delivered, or what an erasure left of it (`cut`)
  <table>/<delivery id>.<mapping>.parquet           accepted rows: contract columns, delivery_id, source_line
  refused/<delivery id>.<mapping>__<table>.parquet  one row per fault: delivery_id, file, source_line, source_part,
                                                    table_name, column_name, reason, source_text
  superseded/<table>/<chain>.parquet                rows that a later one replaced; can always be made again
  deliveries/<delivery id>.json                     written last, by rename: the delivery counts when it is there
  aside/<name>                                      damaged originals that `floorwalk doctor --mend` took out of use
  removed/, erased/                                 what is not taken in again (`removed`, `erased`)

A run that is killed before the last step leaves files that no record names; the next run removes and redoes them.
Belongs here: paths, records, archive, sweep. Does not belong here: reading files (`readers`), checking rows (`load`),
looking for damage (`care`).
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from pipelines.errors import Exit, FloorwalkError, Problem
from pipelines.ingest import records
from pipelines.ingest.opening import opened
from pipelines.ingest.records import FORMAT, Kept, Record

_CHUNK = 1 << 22
_PRIVATE = 0o700


@dataclass(frozen=True)
class Lake:
    """The lake folder. Nothing is written before `prepare`."""

    root: Path

    def prepare(self) -> None:
        """Make the folders; what may hold people's data in clear is for the owner only."""
        self.root.mkdir(parents=True, exist_ok=True, mode=_PRIVATE)
        for name in ("originals", "refused", "deliveries", "superseded"):
            (self.root / name).mkdir(mode=_PRIVATE, exist_ok=True)

    def records(self) -> tuple[Record, ...]:
        """Committed deliveries in order of arrival. Raises FloorwalkError naming every record that cannot be read."""
        found, faults = self.read_records()
        if faults:
            raise FloorwalkError(faults, Exit.CHECKS_FAILED)
        return found

    def read_records(self) -> tuple[tuple[Record, ...], tuple[Problem, ...]]:
        """Committed deliveries in order of arrival, and what is wrong with the records that cannot be read."""
        found, faults = list[Record](), list[Problem]()
        for file in sorted((self.root / "deliveries").glob("*.json")):
            try:
                found.append(records.read(file))
            except records.NewerFormat:
                faults.append(records.newer(file))
            except records.UNREADABLE:
                faults.append(records.unreadable(file))
        return tuple(sorted(found, key=lambda record: record.sequence)), tuple(faults)

    def original(self, record: Record) -> Path:
        """The archived file as delivered."""
        return self.root / "originals" / record.original

    def accepted(self, table: str, delivery_id: str, mapping: str) -> Path:
        """Parquet of the accepted rows of one delivery in one table."""
        return self.root / table / f"{delivery_id}.{mapping}.parquet"

    def refused(self, table: str, delivery_id: str, mapping: str) -> Path:
        """Parquet of the quarantine of one delivery in one table."""
        return self.root / "refused" / f"{delivery_id}.{mapping}__{table}.parquet"

    def superseded(self, table: str, chain: str) -> Path:
        """Parquet of the rows that one arrival replaced."""
        return self.root / "superseded" / table / f"{chain}.parquet"

    def rows_of(self, record: Record) -> tuple[Path, ...]:
        """The accepted and refused rows that a record names."""
        return tuple(
            place(loaded.table, record.delivery_id, record.reading)
            for loaded in record.tables
            for place in (self.accepted, self.refused)
        )

    def commit(self, record: Record) -> Record:
        """Make the delivery count and return its record, with the sizes and checksums of what it names.

        Everything it names must be there already; it is flushed to the disk first, so that a record never outlives it.
        """
        original = self.original(record)
        _flush(original)
        sha256 = sha256_of(original) if record.erasures else record.sha256
        kept = [Kept(f"originals/{record.original}", original.stat().st_size, sha256)]
        for file in self.rows_of(record):
            _flush(file)
            kept.append(Kept(file.relative_to(self.root).as_posix(), file.stat().st_size, sha256_of(file)))
        for folder in {file.parent for file in (original, *self.rows_of(record))}:
            _flush(folder)
        complete = replace(record, kept=tuple(kept), format=FORMAT)
        target = self.root / "deliveries" / f"{record.delivery_id}.json"
        write_atomically(target, records.text_of(complete))
        return complete

    def sweep(self, tables: Iterable[str], keep: Iterable[Path]) -> None:
        """Remove data files that no record names: left by a killed run, or replaced by a new reading."""
        for file in self.unnamed(tables, keep):
            file.unlink()

    def unnamed(self, tables: Iterable[str], keep: Iterable[Path]) -> tuple[Path, ...]:
        """Data files that are not among `keep`."""
        wanted = set(keep)
        folders = [self.root / name for name in ("originals", "refused", "deliveries", *tables)]
        folders += [self.root / "superseded" / name for name in tables]
        return tuple(
            file
            for folder in folders
            for file in sorted(folder.glob("*"))
            if (file.suffix == ".parquet" or file.name.startswith(".writing-") or folder.name == "originals")
            and file.is_file()
            and file not in wanted
        )


def write_atomically(target: Path, content: bytes) -> None:
    """Write and flush beside the target, then rename over it."""
    handle, name = tempfile.mkstemp(prefix=".writing-", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _flush(target.parent)


def sha256_of(file: Path) -> str:
    """Content address of a file; a link is not followed."""
    digest = hashlib.sha256()
    for chunk in _chunks(file):
        digest.update(chunk)
    return digest.hexdigest()


@contextmanager
def hashed_ahead(files: Iterable[Path]) -> Iterator[Callable[[Path], str]]:
    """Their content addresses, worked out one after another while something else is done with the first of them."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        waiting = {file: pool.submit(sha256_of, file) for file in files}
        try:
            yield lambda file: waiting[file].result()
        finally:
            pool.shutdown(cancel_futures=True)


def archive(file: Path, originals: Path) -> tuple[str, str]:
    """Copy a file into the archive under its content address. Returns the sha256 and the archived name."""
    digest = hashlib.sha256()
    handle, name = tempfile.mkstemp(prefix=".writing-", dir=originals)
    try:
        with os.fdopen(handle, "wb") as stream:
            for chunk in _chunks(file):
                digest.update(chunk)
                stream.write(chunk)
        archived = digest.hexdigest() + file.suffix.lower()
        Path(name).replace(originals / archived)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return digest.hexdigest(), archived


def _chunks(file: Path) -> Iterator[bytes]:
    with opened(file) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _flush(place: Path) -> None:
    """Have a file or folder on the disk, not only in memory."""
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
