"""The receipt of a removal: when, what, counts, and the SHA-256 of every removed original. No names, no rows.

  receipts/.pending.json             what is to go, written before anything goes: a killed run is completed from it
  receipts/<time>-<before>.json      the receipt, for programs
  receipts/<time>-<before>.txt       the same, for people

Belongs here: the receipt, its files and words. Does not belong here: removing (`purge`).
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipelines.ingest import write_atomically
from pipelines.settings import Settings

REASONS = {
    "straddles": "some of its rows are not older",
    "undated": "it holds no row with a day",
    "holds": "it says what holds until something newer comes, such as staff and teams",
    "corrects": "it replaced rows of a delivery that stays, and those would come back",
}
"""Why a delivery with older rows stays."""


@dataclass(frozen=True)
class Removed:
    """One delivery that goes. `tables`: accepted and refused rows by contract table; `files`: paths in the lake."""

    sha256: str
    layout: str
    first_day: str
    last_day: str
    tables: dict[str, dict[str, int]]
    files: tuple[str, ...]


@dataclass(frozen=True)
class Receipt:
    """What one removal did, or, before it ran, what it will do."""

    at: str
    before: str
    deliveries: tuple[Removed, ...]
    tiers: int
    releases: int
    kept: dict[str, int]
    """Deliveries with older rows that stay, by reason."""

    @property
    def rows(self) -> int:
        """Rows that go, refused ones too."""
        return sum(sum(rows.values()) for removed in self.deliveries for rows in removed.tables.values())

    @property
    def is_empty(self) -> bool:
        """Nothing is that old."""
        return not self.deliveries and not self.tiers

    @property
    def name(self) -> str:
        """Stem of its files."""
        return f"{self.at.replace(':', '')}-{self.before}"


def folder(settings: Settings) -> Path:
    """Where receipts are; for the owner only."""
    return settings.work / "receipts"


def pending(settings: Settings) -> Receipt | None:
    """A removal that was begun and not ended."""
    file = folder(settings) / ".pending.json"
    if not file.is_file():
        return None
    raw: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    del raw["format"]
    deliveries = tuple(Removed(**(item | {"files": tuple(item["files"])})) for item in raw.pop("deliveries"))
    return Receipt(deliveries=deliveries, **raw)


def begin(settings: Settings, receipt: Receipt) -> None:
    """Write down what is to go."""
    folder(settings).mkdir(mode=0o700, exist_ok=True)
    write_atomically(folder(settings) / ".pending.json", _json(receipt))


def end(settings: Settings, receipt: Receipt) -> Path:
    """Write the receipt and forget the plan; returns the file for people."""
    told = folder(settings) / f"{receipt.name}.txt"
    write_atomically(folder(settings) / f"{receipt.name}.json", _json(receipt))
    write_atomically(told, (text(receipt) + "\n").encode())
    (folder(settings) / ".pending.json").unlink(missing_ok=True)
    return told


def newest(settings: Settings) -> Path | None:
    """The receipt written last."""
    found = sorted(folder(settings).glob("[0-9]*.json"))
    return found[-1] if found else None


def text(receipt: Receipt, *, is_done: bool = True) -> str:
    """The receipt for people."""
    if receipt.is_empty:
        return "\n".join([f"Nothing is older than {receipt.before} that may go.", *_kept(receipt)])
    went = "Removed" if is_done else "Would be removed"
    lines = [
        f"{went}: what is older than {receipt.before}" + (f" ({receipt.at})" if is_done else ""),
        f"  deliveries: {len(receipt.deliveries):,}, with {receipt.rows:,} rows, accepted and refused together",
        f"  published tiers of people: {receipt.tiers:,}",
        f"  earlier releases of the site: {receipt.releases:,}, and the caches",
    ]
    for removed in receipt.deliveries:
        rows = ", ".join(f"{table} {counts['accepted']:,}" for table, counts in removed.tables.items())
        lines.append(f"    {removed.sha256}  {removed.first_day} to {removed.last_day}  {removed.layout}: {rows}")
    lines += _kept(receipt)
    lines.append("The site that is shown was made from these rows: build it again now, and its release goes, too.")
    lines.append("Copies in the drop folder and in backups are not touched by this; they are yours to delete.")
    return "\n".join(lines)


def _kept(receipt: Receipt) -> list[str]:
    return [
        f"  kept although there are older rows: {count:,}, because {REASONS[reason]}"
        for reason, count in sorted(receipt.kept.items())
    ]


def _json(receipt: Receipt) -> bytes:
    return json.dumps({"format": 1} | asdict(receipt), indent=1, sort_keys=True).encode()
