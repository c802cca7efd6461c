"""Charts as pages ask for them: the rows a picture is made of, and the request that draws it.

Belongs here: turning mart rows into a chart module's Data, with labels written by figures. Does not belong here: how
pictures look (`pipelines/charts`), the words around them (`captions`), which page shows which (`contexts`).
A picture is the same in every language: it holds numbers, ISO dates and names from the data only.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypedDict

from pipelines.charts import ChartRequest, bullets, distribution, dot_interval, funnel, xmr
from pipelines.charts._standing import OF_FINDING, OF_VERDICT, of_position
from pipelines.figures import Figures, figures
from pipelines.marts import Distribution, Event, FunnelLimit, Kpi, KpiFunnel, KpiSignal, KpiValue, Period
from pipelines.site.parts import Link

FEWEST_VALUES = 2


@dataclass(frozen=True)
class Drawing(ABC):
    """One picture on a page. The request is left out of the repr: its digest is part of the page's fingerprint."""

    kpi_id: str
    request: ChartRequest = field(repr=False)

    @property
    @abstractmethod
    def key(self) -> tuple[str, ...]:
        """Names of the marks this picture shows, for `small.key_mark`."""


@dataclass(frozen=True)
class Xmr(Drawing):
    """A KPI of one entity by week."""

    points: tuple[KpiSignal, ...]
    events: tuple[Event, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the marks this picture shows."""
        shown: set[str] = {OF_FINDING[point.finding] for point in self.points}  # type: ignore[index]
        shown |= {"value", "centre", "baseline", "provisional" if self.points[-1].is_trial else "limit"}
        shown |= {"target"} if self.points[-1].target is not None else set()
        shown |= {"event"} if self.events else set()
        return tuple(name for name in xmr.KEY if name in shown)


@dataclass(frozen=True)
class Bars(Drawing):
    """A KPI of several queues, channels or reasons as bars from zero, each with its target and the period before."""

    rows: tuple[tuple[Link, KpiValue], ...]

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the marks this picture shows."""
        values = [value for _, value in self.rows]
        shown = {"bar"}
        shown |= {"interval_box"} if any(value.interval_low is not None for value in values) else set()
        shown |= {"target_tick"} if any(value.target is not None for value in values) else set()
        shown |= {"previous"} if any(value.previous_value is not None for value in values) else set()
        return tuple(name for name in bullets.KEY if name in shown)


@dataclass(frozen=True)
class Dots(Drawing):
    """A KPI of several entities with its uncertainty, in order of name."""

    rows: tuple[tuple[Link, KpiValue], ...]
    target: float | None

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the marks this picture shows."""
        shown: set[str] = {OF_VERDICT[value.verdict] for _, value in self.rows} | {"interval"}  # type: ignore[index]
        shown |= {"target"} if self.target is not None else set()
        return tuple(name for name in dot_interval.KEY if name in shown)


@dataclass(frozen=True)
class Funnel(Drawing):
    """Rates against numbers of observations. `names` is empty where people are not to be named."""

    points: tuple[KpiFunnel, ...]
    better: str
    names: Mapping[str, Link]
    period: Period | None

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the marks this picture shows."""
        shown = {of_position(point.position, self.better) for point in self.points}  # type: ignore[arg-type]
        return tuple(name for name in funnel.KEY if name in shown | {"centre", "limit", "limit_outer"})


@dataclass(frozen=True)
class Band(Drawing):
    """How many agents lie in each band of values."""

    bins: tuple[Distribution, ...]
    has_target: bool
    period: Period | None

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the marks this picture shows."""
        return tuple(name for name in distribution.KEY if name != "target" or self.has_target)


def _writer() -> Figures:
    """Labels inside pictures use the forms that all languages share."""
    return figures("en")


def in_picture(link: Link) -> str:
    """A name as it stands in a picture that every language shares."""
    return link.name_en if link.name_en == link.name_zh else f"{link.name_en} {link.name_zh}"


def request_xmr(kpi: Kpi, points: Sequence[KpiSignal], events: Sequence[Event] = ()) -> Xmr | None:
    """The weeks of one KPI; None when there are none."""
    if not points:
        return None
    last, write = points[-1], _writer()
    seen = tuple(event for event in events if points[0].period_start <= event.started_on)
    data: xmr.Data = {
        "unit": kpi.unit,  # type: ignore[typeddict-item]
        "points": [
            {
                "start": point.period_start.isoformat(),
                "value": point.value,
                "centre_line": point.centre_line,
                "lower_limit": point.lower_limit,
                "upper_limit": point.upper_limit,
                "finding": point.finding,  # type: ignore[typeddict-item]
                "in_baseline": point.in_baseline,
            }
            for point in points
        ],
        "target": last.target,
        "is_trial": last.is_trial,
        "events": [
            {"start": event.started_on.isoformat(), "text": str(number)} for number, event in enumerate(seen, start=1)
        ],
        "texts": {
            "centre": write.picture(kpi, last.centre_line),
            "lower": write.picture(kpi, last.lower_limit),
            "upper": write.picture(kpi, last.upper_limit),
            "target": write.picture(kpi, last.target),
        },
    }
    return Xmr(kpi.kpi_id, ChartRequest("xmr", data), tuple(points), seen)


class _Measured(TypedDict):
    """What every chart of entities says of one of them."""

    label: str
    text: str
    value: float
    low: float | None
    high: float | None


def _measured(kpi: Kpi, link: Link, value: KpiValue) -> _Measured:
    return {
        "label": in_picture(link),
        "text": _writer().picture(kpi, value.value),
        "value": value.value,
        "low": value.interval_low,
        "high": value.interval_high,
    }


def request_bars(kpi: Kpi, rows: Sequence[tuple[Link, KpiValue]]) -> Bars | None:
    """Queues, channels or reasons against target and period before; None where there is nothing to compare."""
    if len({value.value for _, value in rows}) < FEWEST_VALUES:
        return None
    data: bullets.Data = {
        "unit": kpi.unit,  # type: ignore[typeddict-item]
        "rows": [
            {
                **_measured(kpi, link, value),
                "target": value.target,
                "previous": value.previous_value,
            }
            for link, value in rows
        ],
    }
    return Bars(kpi.kpi_id, ChartRequest("bullets", data), tuple(rows))


def request_dots(kpi: Kpi, rows: Sequence[tuple[Link, KpiValue]], target: float | None) -> Dots | None:
    """Several entities in the order given; None where there is nothing to compare: all the same, or fewer than two."""
    if len({value.value for _, value in rows}) < FEWEST_VALUES:
        return None
    write = _writer()
    data: dot_interval.Data = {
        "unit": kpi.unit,  # type: ignore[typeddict-item]
        "rows": [
            {
                **_measured(kpi, link, value),
                "verdict": value.verdict,  # type: ignore[typeddict-item]
            }
            for link, value in rows
        ],
        "target": target,
        "target_text": write.picture(kpi, target),
    }
    return Dots(kpi.kpi_id, ChartRequest("dot_interval", data), tuple(rows), target)


def request_funnel(
    kpi: Kpi,
    points: Sequence[KpiFunnel],
    limits: Sequence[FunnelLimit],
    names: Mapping[str, Link],
    period: Period | None,
) -> Funnel | None:
    """Points within the limits of the whole centre; None without limits or where all points are the same."""
    if len({point.value for point in points}) < FEWEST_VALUES or not limits:
        return None
    data: funnel.Data = {
        "unit": kpi.unit,  # type: ignore[typeddict-item]
        "better": kpi.better,  # type: ignore[typeddict-item]
        "points": [
            {
                "label": in_picture(names[point.entity_id]) if point.entity_id in names else "",
                "n": point.n,
                "value": point.value,
                "position": point.position,  # type: ignore[typeddict-item]
            }
            for point in points
        ],
        "limits": [
            {
                "n": limit.n,
                "centre_value": limit.centre_value,
                "low_95": limit.low_95,
                "high_95": limit.high_95,
                "low_998": limit.low_998,
                "high_998": limit.high_998,
            }
            for limit in limits
        ],
        "centre_text": _writer().picture(kpi, limits[-1].centre_value),
    }
    return Funnel(kpi.kpi_id, ChartRequest("funnel", data), tuple(points), kpi.better, names, period)


def request_distribution(
    kpi: Kpi, bins: Sequence[Distribution], centre: KpiValue | None, period: Period | None
) -> Band | None:
    """How agents spread over bands of a KPI; None without bins."""
    if not bins:
        return None
    target, write = centre.target if centre else None, _writer()
    data: distribution.Data = {
        "unit": kpi.unit,  # type: ignore[typeddict-item]
        "bins": [{"bin_low": b.bin_low, "bin_high": b.bin_high, "entities": b.entities} for b in bins],
        "target": target,
        "target_text": write.picture(kpi, target),
        "centre": centre.value if centre else None,
        "centre_text": write.picture(kpi, centre.value if centre else None),
    }
    return Band(kpi.kpi_id, ChartRequest("distribution", data), tuple(bins), target is not None, period)
