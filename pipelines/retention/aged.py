"""What a removal of old deliveries did, or will do: counts, days and SHA-256, and its words.

Belongs here: this object and its words. Does not belong here: files of receipts (`receipt`), what is old
(`ingest.outdated`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

KEPT = {
    "straddles": "some of its rows are not older",
    "undated": "it holds no row with a day",
    "holds": "it says what holds until something newer comes, such as staff and teams",
    "corrects": "it replaced rows of a delivery that stays, and those would come back",
}
"""Why a delivery with older rows stays."""
SHOWN = "The site that is shown was made from these rows: build it again now, and its release goes, too."
COPIES = "Copies in the drop folder and in backups are not touched by this; they are yours to delete."


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

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> Receipt:
        """What JSON holds of one. Raises KeyError, TypeError or ValueError when it is none."""
        deliveries = tuple(Removed(**(item | {"files": tuple(item["files"])})) for item in raw["deliveries"])
        return cls(**{**raw, "deliveries": deliveries})

    def as_json(self, *, is_pending: bool = False) -> dict[str, Any]:
        """The receipt as JSON has it; the same while it is pending."""
        return asdict(self)

    def text(self, *, is_done: bool = True, most: int | None = None) -> str:
        """The receipt for people; `most` deliveries are listed, by default all."""
        if self.is_empty:
            return "\n".join([f"Nothing is older than {self.before} that may go.", *self._kept()])
        went = "Removed" if is_done else "Would be removed"
        lines = [
            f"{went}: what is older than {self.before}" + (f" ({self.at})" if is_done else ""),
            f"  deliveries: {len(self.deliveries):,}, with {self.rows:,} rows, accepted and refused together",
            f"  published tiers of people: {self.tiers:,}",
            f"  earlier releases of the site: {self.releases:,}, and the caches",
        ]
        listed = list[str]()
        for removed in self.deliveries:
            rows = ", ".join(f"{table} {counts['accepted']:,}" for table, counts in removed.tables.items())
            listed.append(f"    {removed.sha256}  {removed.first_day} to {removed.last_day}  {removed.layout}: {rows}")
        lines += first_of(listed, most)
        return "\n".join([*lines, *self._kept(), SHOWN, COPIES])

    def _kept(self) -> list[str]:
        return [
            f"  kept although there are older rows: {count:,}, because {KEPT[reason]}"
            for reason, count in sorted(self.kept.items())
        ]


def first_of(lines: list[str], most: int | None) -> list[str]:
    """The first lines about deliveries, and how many more there are; all of them without `most`."""
    if most is None or len(lines) <= most:
        return lines
    return [*lines[:most], f"    and {len(lines) - most:,} more, all of them in the receipt and with --json"]
