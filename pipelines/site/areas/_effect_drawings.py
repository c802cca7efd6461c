"""Pictures about coaching and training, with the comparisons they are made of.

Belongs here: turning comparisons into a chart's Data. Does not belong here: which comparisons a page shows (`effects`),
the words around a picture (`_effect_captions`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.charts import ChartRequest, decay, effect_range
from pipelines.figures import figures
from pipelines.marts import EffectDecay, Kpi, ProgrammeEffect
from pipelines.site.areas._effect_figures import gains
from pipelines.site.drawings import Drawing, in_picture
from pipelines.site.parts import Link

FINDINGS = {
    "measurable_gain": "measurable",
    "no_measurable_gain": "not_measurable",
    "cannot_tell": "not_assessable",
}


@dataclass(frozen=True)
class Comparison:
    """One programme and KPI. `is_hidden`: fewer people than pages of the centre may show."""

    effect: ProgrammeEffect
    name: Link
    is_hidden: bool
    months: tuple[EffectDecay, ...]

    @property
    def has_estimate(self) -> bool:
        """Whether there are numbers that may be shown."""
        return self.effect.gain_low is not None and self.effect.gain_high is not None and not self.is_hidden


@dataclass(frozen=True)
class Ranges(Drawing):
    """What each programme changed, between two estimates."""

    rows: tuple[Comparison, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the marks this picture shows."""
        effects = [row.effect for row in self.rows]
        shown = {f"effect_{FINDINGS[effect.verdict]}" for effect in effects}
        shown |= {"naive"} if any(effect.before_after_gain is not None for effect in effects) else set()
        shown |= {"detectable"} if any(effect.minimum_detectable_gain is not None for effect in effects) else set()
        return tuple(name for name in effect_range.KEY if name in shown)


@dataclass(frozen=True)
class Decay(Drawing):
    """What is left of measurable gains month by month."""

    rows: tuple[Comparison, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the marks this picture shows."""
        return decay.KEY


def request_ranges(kpi: Kpi, rows: Iterable[Comparison]) -> Ranges | None:
    """The comparisons that have an estimate, in the order given; None without any."""
    shown = tuple(row for row in rows if row.has_estimate)
    if not shown:
        return None
    write = figures("en")
    data: effect_range.Data = {
        "unit": kpi.unit,  # type: ignore[typeddict-item]
        "rows": [
            {
                "label": in_picture(row.name),
                "text": " … ".join(gains(write, kpi, (row.effect.gain_low, row.effect.gain_high))),
                "low": row.effect.gain_low,
                "high": row.effect.gain_high,
                "naive": row.effect.before_after_gain,
                "detectable": row.effect.minimum_detectable_gain,
                "finding": FINDINGS[row.effect.verdict],  # type: ignore[typeddict-item]
            }
            for row in shown
        ],
    }
    return Ranges(kpi.kpi_id, ChartRequest("effect_range", data), shown)


def request_decay(kpi: Kpi, rows: Iterable[Comparison]) -> Decay | None:
    """The measurable gains month by month; None where there is none to follow."""
    shown = tuple(row for row in rows if row.effect.is_measurable_gain and row.months)
    if not shown:
        return None
    data: decay.Data = {
        "unit": kpi.unit,  # type: ignore[typeddict-item]
        "programmes": [
            {
                "label": in_picture(row.name),
                "points": [
                    {"days": month.to_days_after, "value": month.gain, "low": month.gain_low, "high": month.gain_high}
                    for month in row.months
                ],
            }
            for row in shown
        ],
    }
    return Decay(kpi.kpi_id, ChartRequest("decay", data), shown)
