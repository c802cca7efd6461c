"""What the erasure of one person or customer did, or will do: counts, days and digests, and its words.

Belongs here: this object and its words. Does not belong here: files of receipts (`receipt`), what is theirs
(`ingest.persons`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from pipelines.ingest import Mark, Somebody, mark_of
from pipelines.retention.aged import COPIES, SHOWN, first_of


@dataclass(frozen=True)
class Touched:
    """One delivery that holds them. `tables`: by contract table, rows of theirs that go, rows of others in which a
    reference to them is emptied, and rows of others with a text that named them."""

    sha256: str
    layout: str
    first_day: str
    last_day: str
    tables: dict[str, dict[str, int]]


@dataclass(frozen=True)
class Erasure:
    """What one erasure did, or, before it ran, what it will do."""

    at: str
    by: str
    """Who ran it and why, in their own words."""
    mark: Mark
    """By which they are known again; it names nobody."""
    deliveries: tuple[Touched, ...]
    tiers: int
    releases: int
    shared_names: int
    somebody: Somebody | None = None
    """Who is meant; only in the plan of an erasure that is under way."""
    hanging: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Ids of rows of theirs that other rows hang on, by table; only in the plan, the mark has their digests."""

    @property
    def is_empty(self) -> bool:
        """The lake holds nothing of them."""
        return not self.deliveries and not self.tiers

    @property
    def name(self) -> str:
        """Stem of its files."""
        return f"{self.at.replace(':', '')}-{self.mark.label}"

    @property
    def rows(self) -> dict[str, Counter[str]]:
        """By contract table: rows, references, texts."""
        found: dict[str, Counter[str]] = {}
        for touched in self.deliveries:
            for table, counts in touched.tables.items():
                found.setdefault(table, Counter()).update(counts)
        return found

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> Erasure:
        """What JSON holds of one. Raises KeyError, TypeError or ValueError when it is none."""
        deliveries = tuple(Touched(**item) for item in raw["deliveries"])
        clear = raw.get("somebody")
        who = Somebody.read(clear) if clear else None
        return cls(**{**raw, "mark": mark_of(raw["mark"]), "deliveries": deliveries, "somebody": who})

    def as_json(self, *, is_pending: bool = False) -> dict[str, Any]:
        """The receipt as JSON has it; who is meant only while it is pending."""
        content = asdict(self)
        if not is_pending:
            del content["somebody"], content["hanging"]
        return content

    def text(self, *, is_done: bool = True, most: int | None = None) -> str:
        """The receipt for people; `most` deliveries are listed, by default all."""
        one = f"one {self.mark.kind}"
        if self.is_empty:
            return f"The lake holds nothing of this {self.mark.kind}."
        lines = [f"Erased: {one}, {self.mark.label} ({self.at})" if is_done else f"Would be erased: {one}"]
        lines += [f"  by: {self.by}"] if self.by else []
        lines.append(
            f"  deliveries: {len(self.deliveries):,}; of each, the archive keeps the rows that are left instead of the "
            "original"
        )
        lines += [f"    {table}: {_counted(counts)}" for table, counts in sorted(self.rows.items())]
        lines.append(f"  published tiers: {self.tiers:,}")
        lines.append(f"  earlier releases of the site: {self.releases:,}, and the caches")
        listed = list[str]()
        for touched in self.deliveries:
            days = f"{touched.first_day} to {touched.last_day}" if touched.first_day else "no row of theirs"
            told = "; ".join(f"{table} {_counted(counts)}" for table, counts in touched.tables.items())
            told = told or "only its original, or its name"
            listed.append(f"    {touched.sha256}  {days}  {touched.layout}: {told}")
        lines += first_of(listed, most)
        if self.shared_names:
            lines.append(
                "  A name of theirs is also that of somebody else in the list of agents: where nothing but this name "
                "stands, it cannot be said who is meant, and it stays."
            )
        return "\n".join([*lines, SHOWN, COPIES])


def _counted(counts: Mapping[str, int]) -> str:
    words = (
        ("rows", "{} {} of theirs"),
        ("references", "{} {} of others that lose a reference to them"),
        ("texts", "{} {} of others that lose their name in a text"),
    )
    told = (
        said.format(f"{counts[name]:,}", "row" if counts[name] == 1 else "rows")
        for name, said in words
        if counts.get(name)
    )
    return ", ".join(told)
