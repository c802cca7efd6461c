"""The record of one committed delivery: its fields, how it is written and read, and the words when it cannot be.

Belongs here: `Record` and its text. Does not belong here: where records lie and when one is written (`lake`).
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pipelines.errors import Problem
from pipelines.ingest.doubts import DOUBT, Doubt
from pipelines.ingest.load import Loaded, Middle, Refusal, StrangeRows

FORMAT = 3
"""Number of the way records are written. 1 had no sizes and checksums, 2 no erasures; a lake may hold all of them."""


@dataclass(frozen=True)
class Kept:
    """A data file as it was when its delivery was committed; `name` is its path in the lake."""

    name: str
    size: int
    sha256: str


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
    kept: tuple[Kept, ...] = ()
    """Original, accepted and refused rows; empty in records of format 1."""
    format: int = FORMAT
    received_at: datetime | None = None
    """Local time when the file was first taken in, so that reading it again gives the same rows; None before it was
    recorded."""
    doubts: tuple[Doubt, ...] = ()
    """What was in doubt when the file was last read; none of severity accepted, which is decided anew each run."""
    erasures: int = 0
    """How often people were erased from it; from the first time on `original` names what is left of it (`cut`)."""

    @property
    def reading(self) -> str:
        """Names its files of rows: another mapping or another erasure makes others, beside the ones that count."""
        return f"{self.mapping}-{self.erasures}" if self.erasures else self.mapping


UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, OSError)


class NewerFormat(Exception):
    """The record was written by a version of Floorwalk that this one does not know."""


def doubt_about(record: Record, loaded: Loaded) -> Doubt:
    """A doubt about what one file fed into one table, over all its days; the caller says which doubt it is."""
    return Doubt(
        delivery_id=record.delivery_id,
        file=record.file,
        table_name=loaded.table,
        column_name="",
        doubt="",
        severity=DOUBT,
        first_day=loaded.first_day,
        last_day=loaded.last_day,
        affected_rows=0,
        observed=None,
        expected=None,
        unit="",
    )


def text_of(record: Record) -> bytes:
    """A record as its file holds it."""
    return json.dumps(asdict(record), ensure_ascii=False, indent=1, sort_keys=True, default=str).encode()


def read(file: Path) -> Record:
    """One record. Raises NewerFormat, or one of UNREADABLE when the file is damaged."""
    raw = json.loads(file.read_text(encoding="utf-8"))
    if raw.setdefault("format", 1) > FORMAT:
        raise NewerFormat
    raw["tables"] = tuple(_loaded(table) for table in raw["tables"])
    raw["kept"] = tuple(Kept(**item) for item in raw.get("kept", ()))
    raw["doubts"] = tuple(Doubt(**{**item, **_days(item)}) for item in raw.get("doubts", ()))
    raw["received_at"] = datetime.fromisoformat(raw["received_at"]) if raw.get("received_at") else None
    record = Record(**raw)
    if record.delivery_id != file.stem or not record.sha256.startswith(file.stem):
        raise ValueError("this record stands under another name")
    return record


def _loaded(raw: dict[str, Any]) -> Loaded:
    parts: dict[str, Any] = {
        "refusals": tuple(Refusal(**{**item, **_days(item)}) for item in raw["refusals"]),
        "middles": tuple(Middle(**item) for item in raw.get("middles", ())),
        "strange": tuple(StrangeRows(**item) for item in raw.get("strange", ())),
    }
    return Loaded(**{**raw, **_days(raw), **parts})


def _days(raw: dict[str, Any]) -> dict[str, date | None]:
    return {name: date.fromisoformat(str(raw[name])) if raw.get(name) else None for name in ("first_day", "last_day")}


def newer(file: Path) -> Problem:
    """Words for a record of a newer version."""
    return Problem(
        "this delivery was taken in by a newer version of Floorwalk",
        where=_where(file),
        why="this version would misread its record; nothing was changed",
        fix="build with that newer version, or restore the lake from the backup made before it was used",
    )


def unreadable(file: Path) -> Problem:
    """Words for a damaged record."""
    return Problem(
        "the record of a delivery cannot be read",
        where=_where(file),
        why="without it the rows of that delivery would be missing from every figure, so no site is built",
        fix="restore this one file from the backup of the lake. Without a backup: move it and the original whose name "
        f"begins with {file.stem} out of the lake and put that original into the drop, named as it was delivered; it "
        "then counts as the newest delivery",
    )


def _where(file: Path) -> str:
    return f"lake/deliveries/{file.name}"
