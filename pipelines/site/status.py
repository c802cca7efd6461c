"""The strip that says which data a page rests on.

Belongs here: what it holds. Does not belong here: how it is said (`site_templates/partials/status.html.j2`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipelines.marts import DeliveredTable


@dataclass(frozen=True)
class Status:
    """The strip that says which data the page rests on."""

    as_of: date | None
    first_day: date | None
    tables: tuple[DeliveredTable, ...]
    files_not_recognised: int
    href: str
    takes_words: bool = True
    """Words that people typed or said were taken in."""
    is_named: bool = True
    """People appear by name, not under codes."""

    @property
    def present(self) -> tuple[DeliveredTable, ...]:
        """Contract tables that hold rows."""
        return tuple(table for table in self.tables if table.is_delivered)

    @property
    def refused(self) -> tuple[DeliveredTable, ...]:
        """Contract tables of which some rows were refused."""
        return tuple(table for table in self.tables if table.refused_rows)

    @property
    def refused_rows(self) -> int:
        """Rows of all tables that were refused."""
        return sum(table.refused_rows for table in self.tables)

    @property
    def absent(self) -> tuple[DeliveredTable, ...]:
        """Contract tables nobody delivered."""
        return tuple(table for table in self.tables if not table.is_delivered)
