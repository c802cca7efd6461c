"""Each language's habit of writing durations, periods and ranges.

Belongs here: what Babel does not know, and where a unit stands. Does not belong here: writing a figure (`figures`),
sentences (`words`), how a generated language is written (`chinese`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipelines import chinese


@dataclass(frozen=True)
class Habit:
    """What differs between languages in writing figures. A new language needs one, in `HABITS`."""

    locale: str
    """Whose dates, grouping of digits, percent signs and lists of names Babel writes."""
    seconds: str
    whole_minutes: str
    minutes: str
    hours: str
    points_of_share: str
    week: str
    month: str
    """Babel's pattern of a month with its year."""
    quarter: str
    quarters: tuple[str, str, str, str]
    """The quarters of a year as `quarter` writes them."""
    every_day: str
    to: str
    """Between two figures."""
    to_signed: str
    """Between two figures that may have a sign, which must not meet the sign of the range."""
    joined_days: str
    """Between two days."""


@dataclass(frozen=True)
class Measured:
    """A number as it is written, and the unit behind it as a pattern."""

    number: str
    unit: str = "{}"
    """A percent sign belongs to the number: English and Chinese write it at both ends of a range."""

    @property
    def text(self) -> str:
        """Both together."""
        return self.unit.format(self.number)

    @staticmethod
    def joined(low: Measured, high: Measured, to: str) -> str:
        """From low to high, `to` being their pattern; a unit that both have is said once, at the end."""
        if low.unit == high.unit:
            return low.unit.format(to.format(low.number, high.number, low=low.number, high=high.number))
        return to.format(low.text, high.text, low=low.text, high=high.text)


_WRITTEN: Mapping[str, Habit] = {
    "en": Habit(
        locale="en_GB",
        seconds="{} s",
        whole_minutes="{} min",
        minutes="{} min {} s",
        hours="{} h {} min",
        points_of_share="{} percentage points",
        week="week of {}",
        month="LLLL y",
        quarter="Q{quarter} {year}",
        quarters=("1", "2", "3", "4"),
        every_day="whole period",
        to="{} to {}",
        to_signed="{} to {}",
        joined_days="{} to {}",
    ),
    "zh": Habit(
        locale="zh_Hans_CN",
        seconds="{} 秒",
        whole_minutes="{}分钟",
        minutes="{}分{}秒",
        hours="{}小时{}分",
        points_of_share="{} 个百分点",
        week="{}当周",
        month="y年M月",
        quarter="{year}年第{quarter}季度",
        quarters=("一", "二", "三", "四"),
        every_day="全部时段",
        to="{}～{}",
        to_signed="{} 至 {}",
        joined_days="{}至{}",
    ),
}


def _generated(language: str) -> Habit:
    """The habit of the language it is written from, in its own script."""
    habit = _WRITTEN[chinese.source(language)]
    said = {name: chinese.said(text, language) for name, text in vars(habit).items() if isinstance(text, str)}
    return Habit(**vars(habit) | said)


HABITS = dict(_WRITTEN) | {
    "zh-hant": replace(_generated("zh-hant"), locale="zh_Hant_TW", quarter="{year}年第{quarter}季"),
}
