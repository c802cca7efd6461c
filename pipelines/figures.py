"""The only module that turns a number or a date into text, in each language's habit.

Belongs here: rounding for the eye, grouping, units, signs, dates, the names of periods. Does not belong here: the
words of each language's habit (`habits`), any arithmetic on a KPI (`dbt_project`), any sentence (`site_templates` and
`pipelines/words.py`).
Two forms of a KPI value: *compact* for cards and tables that are read at a glance, *precise* with the catalogue's
decimals for KPI and data pages.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list

from pipelines.habits import HABITS, Habit, Measured
from pipelines.marts import Kpi

NOTHING = "–"
"""Stands where there is no figure; templates say beside it why."""

MINUS = "\N{MINUS SIGN}"


_COMPACT_DECIMALS = {"share": 1, "seconds": 1, "points": 2, "contacts": 0, "per_thousand": 2, "ratio": 1}


@dataclass(frozen=True)
class Figures:
    """Writes figures in one language. Every method takes None for "there is none" and then writes `NOTHING`."""

    language: str
    _habit: Habit = field(init=False, repr=False)
    _group: str = field(init=False, repr=False)
    _point: str = field(init=False, repr=False)
    _percent: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        habit = HABITS[self.language]
        locale = Locale.parse(habit.locale)
        symbols = locale.number_symbols.get("latn", locale.number_symbols)
        percent = locale.percent_formats[None].pattern.replace("#,##0", "{}")
        for name, value in (("habit", habit), ("group", symbols["group"]), ("point", symbols["decimal"])):
            object.__setattr__(self, f"_{name}", value)
        object.__setattr__(self, "_percent", percent)

    # ---------- numbers
    def number(self, x: float | None, decimals: int = 0) -> str:
        """A plain number with grouping, rounded half to even; a rounded zero has no sign."""
        if x is None:
            return NOTHING
        if not math.isfinite(x):
            raise ValueError(f"{x} is not a figure; a mart let it through")
        text = f"{x:,.{decimals}f}"
        if text.startswith("-"):
            text = text[1:] if not text.strip("-0.,") else MINUS + text[1:]
        if (self._group, self._point) == (",", "."):
            return text
        return text.translate({ord(","): self._group, ord("."): self._point})

    def count(self, n: float | None) -> str:
        """A whole number of things."""
        return self.number(n, 0)

    def share(self, x: float | None, decimals: int = 1) -> str:
        """A share of 1 as a percentage."""
        return NOTHING if x is None else self._percent.format(self.number(x * 100, decimals))

    def share_down(self, x: float | None) -> str:
        """A share of 1 as whole per cents, rounded down: 94.96 % is not yet the 95 % from which it counts as whole."""
        return NOTHING if x is None else self._percent.format(self.number(whole_per_cents(x), 0))

    def decided(self, x: float) -> str:
        """A number that somebody decided, with as many decimals as were decided, three at most."""
        return self.number(x, _decimals(x))

    def decided_share(self, x: float) -> str:
        """A share of 1 that somebody decided, as a percentage."""
        return self.share(x, _decimals(100 * x))

    def points(self, x: float | None, decimals: int = 2) -> str:
        """A mean on a rating scale; its unit is the scale, which the KPI's own text names."""
        return self.number(x, decimals)

    def seconds(self, x: float | None, decimals: int | None = None) -> str:
        """A duration. Compact ("3 min 45 s") without `decimals`, else seconds with that many ("224.92 s")."""
        return NOTHING if x is None else self._duration(x, decimals).text

    def clock(self, x: float | None) -> str:
        """A duration as minutes:seconds ("3:45"); the same in every language, for axes and pictures."""
        if x is None:
            return NOTHING
        minutes, rest = divmod(round(x), 60)
        return f"{minutes}:{rest:02d}"

    def signed(self, x: float | None, decimals: int = 1) -> str:
        """A difference in plain points, always signed unless it is nothing."""
        if x is None:
            return NOTHING
        text = self.number(abs(x), decimals)
        return text if not text.strip("0.,") else ("+" if x > 0 else MINUS) + text

    def range(self, low: float | None, high: float | None, decimals: int = 0) -> str:
        """From low to high, plain numbers."""
        if low is None or high is None:
            return NOTHING
        return self._habit.to.format(self.number(low, decimals), self.number(high, decimals))

    def share_range(self, low: float | None, high: float | None, decimals: int = 1) -> str:
        """From one share of 1 to another, as percentages."""
        if low is None or high is None:
            return NOTHING
        return self._habit.to.format(self.share(low, decimals), self.share(high, decimals))

    # ---------- figures of a KPI
    def value(self, kpi: Kpi, x: float | None, *, precise: bool = False) -> str:
        """A KPI value in its unit, for the eye; `precise` gives the catalogue's decimals."""
        return NOTHING if x is None else self._value(kpi, x, precise=precise).text

    def picture(self, kpi: Kpi, x: float | None) -> str:
        """A KPI value as it stands inside a picture, the same in every language; empty when there is none."""
        if x is None:
            return ""
        if kpi.unit in ("share", "ratio"):
            return f"{x * 100:.1f}%"
        if kpi.unit == "seconds":
            return self.clock(x) if x >= 60 else f"{x:.1f}"
        if kpi.unit == "per_thousand":
            x = 1000 * x
        return f"{x:,.{_COMPACT_DECIMALS[kpi.unit]}f}"

    def change(self, kpi: Kpi, x: float | None, *, precise: bool = False) -> str:
        """A difference of two KPI values: always signed; shares differ by percentage points."""
        return NOTHING if x is None else self._change(kpi, x, precise=precise).text

    def interval(self, kpi: Kpi, low: float | None, high: float | None, *, precise: bool = False) -> str:
        """From low to high, both in the KPI's unit."""
        if low is None or high is None:
            return NOTHING
        ends = self._value(kpi, low, precise=precise), self._value(kpi, high, precise=precise)
        return Measured.joined(*ends, self._habit.to)

    def change_range(
        self, kpi: Kpi, low: float | None, high: float | None, *, precise: bool = False, to: str = ""
    ) -> str:
        """From one difference to another, both signed as in `change`.

        `to` is a sentence of the page that takes {low} and {high} instead of the language's habit.
        """
        if low is None or high is None:
            return NOTHING
        ends = self._change(kpi, low, precise=precise), self._change(kpi, high, precise=precise)
        return Measured.joined(*ends, to or self._habit.to_signed)

    # ---------- a number and its unit apart
    def _duration(self, x: float, decimals: int | None) -> Measured:
        if decimals is not None:
            return Measured(self.number(x, decimals), self._habit.seconds)
        whole = round(x)
        if x < 0 or whole < 60:
            return Measured(self.number(x, _COMPACT_DECIMALS["seconds"]), self._habit.seconds)
        minutes, rest = divmod(whole, 60)
        if minutes < 60 and not rest:
            return Measured(str(minutes), self._habit.whole_minutes)
        if minutes < 60:
            return Measured(self._habit.minutes.format(minutes, f"{rest:02d}"))
        hours, minutes = divmod(round(whole / 60), 60)
        return Measured(self._habit.hours.format(self.number(hours), f"{minutes:02d}"))

    def _value(self, kpi: Kpi, x: float, *, precise: bool) -> Measured:
        if kpi.unit in ("share", "ratio"):
            return Measured(self.share(x, kpi.decimals if precise else _COMPACT_DECIMALS["share"]))
        if kpi.unit == "seconds":
            return self._duration(x, kpi.decimals if precise else None)
        if kpi.unit == "per_thousand":
            x = 1000 * x
        return Measured(self.number(x, kpi.decimals if precise else _COMPACT_DECIMALS[kpi.unit]))

    def _change(self, kpi: Kpi, x: float, *, precise: bool) -> Measured:
        if kpi.unit in ("share", "ratio"):
            number = self.number(100 * abs(x), kpi.decimals if precise else _COMPACT_DECIMALS["share"])
            size = Measured(number, self._habit.points_of_share)
        else:
            size = self._value(kpi, abs(x), precise=precise)
        if not any(digit in size.number for digit in "123456789"):
            return size
        return replace(size, number=("+" if x > 0 else MINUS) + size.number)

    # ---------- time
    def day(self, when: date | None) -> str:
        """A calendar day, written so that day and month cannot be mixed up."""
        return NOTHING if when is None else _day(when, "medium", self._habit.locale)

    def time(self, when: datetime | None) -> str:
        """A time of day to the second, as a recording shows it: 14:00:23."""
        return NOTHING if when is None else f"{when:%H:%M:%S}"

    def moment(self, when: datetime | None) -> str:
        """A day with the time to the second."""
        return NOTHING if when is None else f"{self.day(when.date())} {self.time(when)}"

    def days(self, first: date | None, last: date | None) -> str:
        """A stretch of days, both ends included."""
        if first is None or last is None:
            return NOTHING
        return self.day(first) if first == last else self._habit.joined_days.format(self.day(first), self.day(last))

    def period(self, kind: str, start: date) -> str:
        """The name of a period of `dim_period`: day, week, month, quarter or all."""
        if kind == "week":
            return self._habit.week.format(self.day(start))
        if kind == "month":
            return _day(start, self._habit.month, self._habit.locale)
        if kind == "quarter":
            name = self._habit.quarters[(start.month - 1) // 3]
            return self._habit.quarter.format(quarter=name, year=start.year)
        if kind == "day":
            return self.day(start)
        return self._habit.every_day

    def listing(self, items: Sequence[str]) -> str:
        """Several names in one sentence ("a, b and c", "a、b和c")."""
        return format_list(list(items), locale=self._habit.locale) if items else ""


@lru_cache(maxsize=8192)
def _day(when: date, pattern: str, locale: str) -> str:
    return format_date(when, pattern, locale)


@lru_cache
def figures(language: str) -> Figures:
    """The writer of figures for one of the site's languages."""
    return Figures(language)


def whole_per_cents(x: float) -> int:
    """Whole per cents of a share of 1, rounded down; a share that missed one by a machine's rounding has it."""
    return math.floor(round(100 * x, 6))


def _decimals(x: float) -> int:
    """The fewest decimals that say a number as precisely as three do."""
    return next((decimals for decimals in (0, 1, 2) if abs(round(x, 3) - round(x, decimals)) < 1e-9), 3)
