"""Axes: which values get a tick, what stands beside it, and labels that keep their distance.

Belongs here: layout arithmetic on screen positions and round tick values. Does not belong here: any arithmetic on a
KPI, and how a number is written (`pipelines.figures`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from pipelines.charts._standing import Unit
from pipelines.charts._svg import FONT_SIZE
from pipelines.figures import figures

MINUTE, HOUR, DAY = 60, 3600, 86400
TIME_STEPS = (1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY)
"""Seconds between ticks that a clock reader finds round."""
TEXT_GAP = 6
"""Pixels between the texts of two ticks."""
LEAST_SPREAD = {"share": 0.05, "ratio": 0.05, "points": 0.5, "per_thousand": 0.001}
"""Half the length of an axis on which every value is the same."""


@dataclass(frozen=True)
class Axis:
    """A linear axis from `low` to `high` with `ticks` at round values and the `texts` that name them."""

    low: float
    high: float
    ticks: tuple[float, ...]
    texts: tuple[str, ...]

    def position(self, value: float, length: float) -> float:
        """Pixels from the low end of an axis `length` pixels long."""
        return (value - self.low) / (self.high - self.low) * length


def axis(values: Iterable[float | None], unit: Unit, *, from_zero: bool = False, ticks: int = 5) -> Axis:
    """The axis that holds every value, with about `ticks` round steps. Shares never reach below 0 or beyond 1."""
    held = [value for value in values if value is not None]
    if from_zero or not held:
        held.append(0.0)
    low, high = min(held), max(held)
    if unit != "points" and low >= 0 and low < 0.25 * high:
        low = 0.0
    if high - low < 1e-9:
        spread = max(abs(high) * 0.1, LEAST_SPREAD.get(unit, 1.0))
        low, high = low - (0 if low == 0 else spread), high + spread
    step = _step((high - low) / ticks, unit)
    first, last = math.floor(low / step + 1e-6), math.ceil(high / step - 1e-6)
    if unit == "share":
        last = min(last, math.floor(1 / step + 1e-6)) if high <= 1 and step <= 1 else last
    places = [round(step * index, 10) for index in range(first, last + 1)]
    texts = (tick_text(place, unit, step, places[-1]) for place in places)
    return Axis(places[0], places[-1], tuple(places), tuple(texts))


def roomy(made: Callable[[int], Axis], length: float, ticks: int = 5) -> Axis:
    """The axis `made` with so many ticks, or with fewer: its texts keep apart side by side on `length` pixels."""
    found = made(ticks)
    while ticks > 1 and not _keeps_apart(found, length):
        ticks -= 1
        found = made(ticks)
    return found


def _keeps_apart(found: Axis, length: float) -> bool:
    ends = [
        (found.position(tick, length), text_width(text, FONT_SIZE) / 2)
        for tick, text in zip(found.ticks, found.texts, strict=True)
    ]
    return all(right - left >= half + other + TEXT_GAP for (left, half), (right, other) in pairwise(ends))


def tick_text(value: float, unit: Unit, step: float, largest: float) -> str:
    """A tick's text, the same in every language: 80%, 45 s, 3:45, 2 h, 4.5, 12,000."""
    write = figures("en")
    if unit in ("share", "ratio"):
        return write.share(value, _decimals(100 * step))
    if unit == "per_thousand":
        return write.number(1000 * value, _decimals(1000 * step))
    if unit != "seconds":
        return write.number(value, _decimals(step))
    if largest < 2 * MINUTE:
        return write.seconds(value, _decimals(step))
    if largest < 2 * HOUR:
        return write.clock(value)
    return f"{write.number(value / HOUR, min(_decimals(step / HOUR), 2))} h"


def dates(starts: Sequence[str], at_most: int = 8) -> list[tuple[str, str]]:
    """(ISO date, text) of every k-th period start: month-day, with the year below it where it begins or changes.

    Takes the periods that exist rather than calendar months, so that each tick stands under a point.
    """
    every = max(1, math.ceil(len(starts) / at_most))
    chosen = list(starts[::every])
    texts = []
    for index, start in enumerate(chosen):
        new_year = index == 0 or chosen[index - 1][:4] != start[:4]
        texts.append(start[5:10] + (f"\n{start[:4]}" if new_year else ""))
    return list(zip(chosen, texts, strict=True))


def epoch_milliseconds(day: str) -> int:
    """Midnight UTC of an ISO date, as Vega counts time."""
    return (date.fromisoformat(day) - date(1970, 1, 1)).days * DAY * 1000


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Positions near `wanted` that keep `gap` between neighbours and stay within low..high, in the given order."""
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    placed = [min(max(wanted[index], low), high) for index in order]
    for index in range(1, len(placed)):
        placed[index] = max(placed[index], placed[index - 1] + gap)
    if placed and placed[-1] > high:
        placed[-1] = high
        for index in range(len(placed) - 2, -1, -1):
            placed[index] = min(placed[index], placed[index + 1] - gap)
    result = [0.0] * len(wanted)
    for place, index in zip(placed, order, strict=True):
        result[index] = round(place, 1)
    return result


def text_width(text: str, size: float) -> float:
    """About how many pixels a text takes at a font size: East Asian characters 1 em, others 0.58 em."""
    return sum(size if ord(character) > 0x2E7F else 0.58 * size for character in text)


def _step(least: float, unit: Unit) -> float:
    if unit == "seconds" and 1 <= least <= TIME_STEPS[-1]:
        return next(step for step in TIME_STEPS if step >= least)
    if unit == "seconds" and least > TIME_STEPS[-1]:
        return HOUR * _step(least / HOUR, "contacts")
    if unit == "contacts" and least < 1:
        return 1.0
    power = 10.0 ** math.floor(math.log10(least))
    factors = (1.0, 2.0, 5.0, 10.0) if unit == "contacts" and power == 1 else (1.0, 2.0, 2.5, 5.0, 10.0)
    return next(factor * power for factor in factors if factor * power >= least * (1 - 1e-9))


def _decimals(step: float) -> int:
    return next(places for places in range(7) if abs(step * 10**places - round(step * 10**places)) < 1e-6)
