"""One edition's changes, sorted by what a reader asks first, with names and the pages behind them.

Belongs here: choosing and naming rows. Does not belong here: sentences (`_changes_words`, `_changes_lines`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from pipelines.marts import Change, DeliveredTable, Edition, Restatement
from pipelines.site.escape import visible_text
from pipelines.site.finder import Finder
from pipelines.site.model import CENTRE
from pipelines.site.parts import Link

IMPROVEMENT = "special_cause_improvement"
SETTLED = "settled"


@dataclass(frozen=True)
class Book:
    """The marts of this area by edition; `editions` newest first."""

    editions: tuple[Edition, ...]
    changes: Mapping[int, tuple[Change, ...]]
    restatements: Mapping[int, tuple[Restatement, ...]]


@dataclass(frozen=True)
class Told:
    """One change with whom it is about and the page behind it; `about` is None where nobody is meant."""

    change: Change
    about: Link | None
    href: str
    table: DeliveredTable | None = None


@dataclass(frozen=True)
class Corrected:
    """One figure that a later edition showed otherwise."""

    row: Restatement
    about: Link
    href: str


@dataclass(frozen=True)
class EditionPart:
    """What one edition said otherwise than the one before. Signals that are good come first."""

    edition: Edition
    signals: tuple[Told, ...]
    ended: tuple[Told, ...]
    opened: tuple[Told, ...]
    closed: tuple[Told, ...]
    periods: tuple[tuple[str, date], ...]
    tiers: tuple[Told, ...]
    rules: tuple[Told, ...]
    tables: tuple[Told, ...]
    deliveries: tuple[Told, ...]
    corrections: tuple[Corrected, ...]
    """Without those that only settled; another verdict first, then the centre, then teams."""
    settled: tuple[Corrected, ...]

    @property
    def good(self) -> tuple[Told, ...]:
        """New signals in the wanted direction."""
        return tuple(told for told in self.signals if told.change.part == IMPROVEMENT)

    @property
    def concerns(self) -> tuple[Told, ...]:
        """New signals in the unwanted direction."""
        return tuple(told for told in self.signals if told.change.part != IMPROVEMENT)

    @property
    def flips(self) -> tuple[Corrected, ...]:
        """Corrections after which the verdict is another one."""
        return tuple(found for found in self.corrections if found.row.is_verdict_flip)

    @property
    def of_centre(self) -> tuple[Corrected, ...]:
        """Other corrections of the whole centre."""
        return tuple(f for f in self.corrections if f.row.grain == CENTRE and not f.row.is_verdict_flip)

    @property
    def of_teams(self) -> tuple[tuple[Link, tuple[Corrected, ...]], ...]:
        """Other corrections by team, in order of name."""
        teams: dict[Link, list[Corrected]] = {}
        for found in self.corrections:
            if found.row.grain != CENTRE and not found.row.is_verdict_flip:
                teams.setdefault(found.about, []).append(found)
        return tuple((link, tuple(teams[link])) for link in sorted(teams, key=lambda link: (link.name_en, link.href)))


def part_of(finder: Finder, edition: Edition) -> EditionPart:
    """The changes of one edition. What the catalogue no longer knows is left out."""
    book: Book = finder.book("changes")
    kpis = {kpi.kpi_id for kpi in finder.site.kpis}
    by_kind: dict[str, list[Told]] = {}
    for change in book.changes.get(edition.edition, ()):
        if change.subject in ("finding", "systemic", "standard", "weight", "definition") and change.item not in kpis:
            continue
        by_kind.setdefault(change.kind, []).append(_told(finder, change))
    signals = sorted(by_kind.get("new_finding", ()), key=lambda told: told.change.part != IMPROVEMENT)
    rows = tuple(corrected(finder, book.restatements.get(edition.edition, ())))
    return EditionPart(
        edition=edition,
        signals=tuple(signals),
        ended=tuple(by_kind.get("finding_gone", ())),
        opened=tuple(by_kind.get("systemic_opened", ())),
        closed=tuple(by_kind.get("systemic_closed", ())),
        periods=tuple(
            (told.change.period_kind, told.change.period_start)
            for told in by_kind.get("new_period", ())
            if told.change.period_start
        ),
        tiers=tuple(by_kind.get("tier_counts", ())),
        rules=tuple(by_kind.get("rule_changed", ())),
        tables=tuple(by_kind.get("table_new", []) + by_kind.get("table_missing", [])),
        deliveries=tuple(by_kind.get("delivered", []) + by_kind.get("refused", [])),
        corrections=tuple(found for found in rows if found.row.reason != SETTLED or found.row.is_verdict_flip),
        settled=tuple(found for found in rows if found.row.reason == SETTLED and not found.row.is_verdict_flip),
    )


def corrected(finder: Finder, rows: Iterable[Restatement]) -> Iterator[Corrected]:
    """Corrections with names, of KPIs that the catalogue knows."""
    kpis = {kpi.kpi_id for kpi in finder.site.kpis}
    for row in rows:
        if row.kpi_id in kpis:
            about = _about(finder, row.grain, row.entity_id)
            page = about.href if row.grain == "team" else ""
            yield Corrected(row, about, page or finder.kpi_href(row.kpi_id))


def _told(finder: Finder, change: Change) -> Told:
    is_named = change.grain in (CENTRE, "team", "queue", "role") and change.subject != "tier"
    about = _about(finder, change.grain, change.entity_id) if is_named else None
    table = finder.table(change.item) if change.subject in ("table", "delivery") else None
    href = ""
    if change.subject in ("finding", "systemic", "standard", "weight", "definition"):
        href = about.href if about and change.grain == "team" and about.href else finder.kpi_href(change.item)
    return Told(change, about, href, table)


def _about(finder: Finder, grain: str, entity_id: str) -> Link:
    """Who is meant; an entity that left the data is known by its id."""
    if (grain, entity_id) in finder.site.entities:
        return finder.link(grain, entity_id)
    name = visible_text(entity_id)
    return Link(grain, name, name, "")
