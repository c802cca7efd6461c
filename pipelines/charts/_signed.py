"""Axes of differences: zero is always on them and every other tick carries its sign.

Belongs here: the texts of signed ticks. Does not belong here: round steps (`_axis`), how numbers are written
(`pipelines.figures`).
"""

from __future__ import annotations

from collections.abc import Iterable

from pipelines.charts._axis import Axis, axis, tick_text
from pipelines.charts._standing import Unit
from pipelines.figures import MINUS


def signed_axis(values: Iterable[float | None], unit: Unit, *, ticks: int = 5) -> Axis:
    """The axis that holds zero and every difference. Differences of shares count percentage points, without a sign
    for percent, which would read as a relative change; the words around the picture name the unit.
    """
    factor, name = (100.0, "points") if unit == "share" else (1.0, unit)
    scaled = axis([0.0, *(None if value is None else value * factor for value in values)], name, ticks=ticks)  # type: ignore[arg-type]
    step = scaled.ticks[1] - scaled.ticks[0]
    largest = max(abs(scaled.low), abs(scaled.high))
    texts = (_signed(tick, tick_text(abs(tick), name, step, largest)) for tick in scaled.ticks)  # type: ignore[arg-type]
    places = tuple(round(tick / factor, 12) for tick in scaled.ticks)
    return Axis(scaled.low / factor, scaled.high / factor, places, tuple(texts))


def _signed(value: float, text: str) -> str:
    return "0" if abs(value) < 1e-9 else ("+" if value > 0 else MINUS) + text
