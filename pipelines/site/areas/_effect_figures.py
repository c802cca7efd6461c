"""Gains as plain signed numbers, for tables and pictures whose heading names the unit once.

Belongs here: the scale on which a gain of a KPI is counted. Does not belong here: how a number is written
(`pipelines/figures.py`), the unit's name (`_effect_words`).
"""

from __future__ import annotations

from collections.abc import Iterable

from pipelines.figures import Figures
from pipelines.marts import Kpi

_SCALES = {
    "share": (100.0, 1),
    "ratio": (100.0, 1),
    "per_thousand": (1000.0, 2),
    "seconds": (1.0, 1),
    "points": (1.0, 2),
    "contacts": (1.0, 0),
}
"""By unit: how many of the counted unit make one of the KPI's own, and the decimals."""


def gains(write: Figures, kpi: Kpi, found: Iterable[float | None]) -> list[str]:
    """Differences of a KPI without their unit: percentage points for shares, per thousand for rates."""
    scale, decimals = _SCALES[kpi.unit]
    return [write.signed(None if x is None else scale * x, decimals) for x in found]


def size(write: Figures, kpi: Kpi, x: float | None) -> str:
    """A difference without sign and unit, where the words around it say in which direction."""
    scale, decimals = _SCALES[kpi.unit]
    return write.number(None if x is None else scale * x, decimals)
