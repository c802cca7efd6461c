"""Which periods have pages of their own, what their files are called, and which period comes before or after one.

Belongs here: choosing periods and naming their files. Does not belong here: names of periods as text (`fragments`),
what stands on their pages (`areas/periods.py`), where periods begin (`dbt_project`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipelines.marts import Period
from pipelines.site.model import Site

MONTHS_OF = {"month": 1, "quarter": 3}
"""Months in one period of a kind that follows on itself."""


def told(site: Site) -> tuple[Period, ...]:
    """Complete quarters, complete months, then the whole period; newest first within each kind."""
    kept = (period for period in site.periods.values() if period.is_complete)
    return tuple(
        sorted(
            (period for period in kept if period.period_kind in ("quarter", "month", "all")),
            key=lambda period: (
                ("quarter", "month", "all").index(period.period_kind),
                -period.period_start.toordinal(),
            ),
        )
    )


def stem(period: Period) -> str:
    """File name stem of a period: 2026-07, 2026-Q3 or all."""
    return named(period.period_kind, period.period_start)


def named(kind: str, start: date) -> str:
    """The same from what a mart's row says."""
    if kind == "all":
        return "all"
    return start.isoformat()[:7] if kind == "month" else f"{start.year}-Q{(start.month + 2) // 3}"


def before(site: Site, period: Period) -> Period | None:
    """The complete period of the same kind directly before; None without."""
    return _shifted(site, period, -MONTHS_OF.get(period.period_kind, 0))


def after(site: Site, period: Period) -> Period | None:
    """The complete period of the same kind directly after; None without."""
    return _shifted(site, period, MONTHS_OF.get(period.period_kind, 0))


def year_ago(site: Site, period: Period) -> Period | None:
    """The same complete month or quarter of the year before; None without."""
    return _shifted(site, period, -12 if period.period_kind in MONTHS_OF else 0)


def by_year(periods: tuple[Period, ...]) -> Iterator[tuple[int, tuple[Period, ...]]]:
    """Quarters and months of each year, newest year first; the whole period belongs to none."""
    dated = [period for period in periods if period.period_kind != "all"]
    for year in sorted({period.period_start.year for period in dated}, reverse=True):
        yield year, tuple(period for period in dated if period.period_start.year == year)


def _shifted(site: Site, period: Period, months: int) -> Period | None:
    if not months:
        return None
    year, month = divmod(period.period_start.year * 12 + period.period_start.month - 1 + months, 12)
    found = site.periods.get((period.period_kind, date(year, month + 1, 1)))
    return found if found and found.is_complete else None
