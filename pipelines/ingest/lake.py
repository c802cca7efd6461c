"""The lake: what was delivered, kept for ever and only added to. Files and the commit point; no SQL about rows.

  originals/<sha256><suffix>                        the file as delivered
  <table>/<delivery id>.<mapping>.parquet           accepted rows: contract columns, delivery_id, source_line
  refused/<delivery id>.<mapping>__<table>.parquet  one row per fault: delivery_id, file, source_line, table_name,
                                                    column_name, reason, source_text
  superseded/<table>/<chain>.parquet                rows that a later one replaced; can always be made again
  deliveries/<delivery id>.json                     written last, by rename: the delivery counts when it is there

A run that is killed before the last step leaves files that no record names; the next run removes and redoes them.
Belongs here: paths, records, archive, sweep. Does not belong here: reading files (`readers`), checking rows (`load`).
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from pipelines.ingest.load import Loaded, Refusal

_CHUNK = 1 << 22
_PRIVATE = 0o700


@dataclass(frozen=True)
class Record:
    """One committed delivery. `mapping`: digest of the layout that read it; `tables`: in the layout's order."""

    delivery_id: str
    sha256: str
    sequence: int
    file: str
    layout: str
    data_set: str | None
    mapping: str
    original: str
    encoding: str
    evidence: str
    tables: tuple[Loaded, ...]


@dataclass(frozen=True)
class Lake:
    """The lake folder. Nothing is written before `prepare`."""

    root: Path

    def prepare(self) -> None:
        """Make the folders; what may hold people's data in clear is for the owner only."""
        self.root.mkdir(parents=True, exist_ok=True)
        for name in ("originals", "refused", "deliveries", "superseded"):
            (self.root / name).mkdir(mode=_PRIVATE, exist_ok=True)

    def records(self) -> tuple[Record, ...]:
        """Committed deliveries in order of arrival."""
        files = sorted((self.root / "deliveries").glob("*.json"))
        return tuple(sorted((_record(file) for file in files), key=lambda record: record.sequence))

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

    def commit(self, record: Record) -> None:
        """Make the delivery count. Everything it names must be on disk already."""
        target = self.root / "deliveries" / f"{record.delivery_id}.json"
        text = json.dumps(asdict(record), ensure_ascii=False, indent=1, sort_keys=True, default=str)
        write_atomically(target, text.encode())

    def sweep(self, tables: Iterable[str], keep: Iterable[Path]) -> None:
        """Remove data files that no record names: left by a killed run, or replaced by a new reading."""
        wanted = set(keep)
        folders = [self.root / name for name in ("originals", "refused", "deliveries", *tables)]
        folders += [self.root / "superseded" / name for name in tables]
        for folder in folders:
            for file in folder.glob("*"):
                ours = file.suffix == ".parquet" or file.name.startswith(".writing-") or folder.name == "originals"
                if ours and file.is_file() and file not in wanted:
                    file.unlink()


def write_atomically(target: Path, content: bytes) -> None:
    """Write and flush beside the target, then rename over it."""
    handle, name = tempfile.mkstemp(prefix=".writing-", dir=target.parent)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    Path(name).replace(target)


def sha256_of(file: Path) -> str:
    """Content address of a file; a link is not followed."""
    digest = hashlib.sha256()
    for chunk in _chunks(file):
        digest.update(chunk)
    return digest.hexdigest()


def archive(file: Path, originals: Path) -> tuple[str, str]:
    """Copy a file into the archive under its content address. Returns the sha256 and the archived name."""
    digest = hashlib.sha256()
    handle, name = tempfile.mkstemp(prefix=".writing-", dir=originals)
    with os.fdopen(handle, "wb") as stream:
        for chunk in _chunks(file):
            digest.update(chunk)
            stream.write(chunk)
    archived = digest.hexdigest() + file.suffix.lower()
    Path(name).replace(originals / archived)
    return digest.hexdigest(), archived


def _chunks(file: Path) -> Iterator[bytes]:
    descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    with os.fdopen(descriptor, "rb") as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _record(file: Path) -> Record:
    raw = json.loads(file.read_text(encoding="utf-8"))
    raw["tables"] = tuple(_loaded(table) for table in raw["tables"])
    return Record(**raw)


def _loaded(raw: dict[str, object]) -> Loaded:
    days = {name: date.fromisoformat(str(raw[name])) if raw[name] else None for name in ("first_day", "last_day")}
    refusals = raw["refusals"]
    assert isinstance(refusals, list)  # noqa: S101  written by `commit`
    return Loaded(**{**raw, **days, "refusals": tuple(Refusal(**item) for item in refusals)})  # type: ignore[arg-type]
