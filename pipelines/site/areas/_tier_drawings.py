"""Pictures about tiers, with the rows they are made of. Data of the charts is put together in `tiers`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipelines.charts import tier_mix, transition, weights
from pipelines.marts import Standing, TierCount, TierTransition
from pipelines.site.drawings import Drawing

LABELS = {
    "high": "H 高",
    "mid": "M 中",
    "low": "L 低",
    "not_enough_evidence": "? 依据不足",
    "new_starter": "N 新人",
}
"""Tiers as they stand in pictures, which all languages share."""


def window_label(window_kind: str, start: date) -> str:
    """A window's name in a picture, the same in every language."""
    return f"{start.year} Q{(start.month + 2) // 3}" if window_kind == "quarter" else start.isoformat()[:7]


@dataclass(frozen=True)
class Mix(Drawing):
    """Shares of people per tier, quarter by quarter; counts too small to tell stand together as hidden."""

    quarters: tuple[tuple[date, tuple[TierCount, ...]], ...]

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the marks this picture shows."""
        counts = [count for _, found in self.quarters for count in found]
        shown = {f"tier_{count.tier}" for count in counts if count.people}
        shown |= {"tier_hidden"} if any(count.people_hidden for count in counts) else set()
        return tuple(name for name in tier_mix.KEY if name in shown)


@dataclass(frozen=True)
class Transitions(Drawing):
    """Tier before against tier now. `lines` are the tiers in the order of the numbers in the picture."""

    cells: tuple[TierTransition, ...]
    lines: tuple[str, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the marks this picture shows."""
        hidden = {"cell_hidden"} if any(cell.people_rounded is None for cell in self.cells) else set()
        return tuple(name for name in transition.KEY if name in {"cell", "cell_stayed"} | hidden)


@dataclass(frozen=True)
class Contributions(Drawing):
    """What each KPI puts into a score."""

    parts: tuple[Standing, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the marks this picture shows."""
        return weights.KEY
