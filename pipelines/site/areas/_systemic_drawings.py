"""Pictures of the area systemic with the rows they are made of, and the data their charts get.

Belongs here: mart rows as a chart's Data, short labels that all languages share. Does not belong here: which rows are
drawn (`systemic`), words around a picture (`_systemic_captions`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.charts import ChartRequest, gap_parts, mix_split
from pipelines.figures import MINUS, figures
from pipelines.marts import Kpi, MixShift
from pipelines.site.drawings import Drawing, in_picture
from pipelines.site.parts import Link

PER_THOUSAND, MINUTE = 1000, 60
NO_TEAM = "– 无班组"
"""Stands in a picture for those without a team."""


@dataclass(frozen=True)
class Steps:
    """The way from a target to a team or a person, in steps that add up to the gap. Negative = short of the target."""

    kpi_id: str
    target: float
    value: float
    gap: float
    centre: float
    team: float
    own: float | None
    """None for a team."""


@dataclass(frozen=True)
class GapParts(Drawing):
    """Gaps of one team or person in shared parts and an own one."""

    rows: tuple[Steps, ...]
    names: tuple[str, ...]
    """Names of the steps in the picture."""

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the marks this picture shows."""
        hidden = {"part_person"} if self.rows[0].own is None else set()
        return tuple(name for name in gap_parts.KEY if name not in hidden)


@dataclass(frozen=True)
class MixSplit(Drawing):
    """A KPI of the centre by month, and what of its changes came with the work."""

    months: tuple[MixShift, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the marks this picture shows."""
        return mix_split.KEY


def step_text(kpi: Kpi, x: float) -> str:
    """A difference as it stands in a picture: signed, shares in percentage points without a sign for percent."""
    write = figures("en")
    if kpi.unit in ("share", "ratio"):
        return write.signed(100 * x, 1)
    if kpi.unit == "per_thousand":
        return write.signed(PER_THOUSAND * x, 2)
    if kpi.unit == "seconds" and abs(x) >= MINUTE:
        return ("+" if x > 0 else MINUS) + write.clock(abs(x))
    if kpi.unit == "seconds":
        return write.change(kpi, x)
    return write.signed(x, 2)


def request_gap_parts(rows: Sequence[tuple[Kpi, Steps]], names: Sequence[str]) -> GapParts | None:
    """Gaps from top to bottom, each on its own scale; None without any."""
    if not rows:
        return None
    parts: tuple[gap_parts.Part, ...] = tuple(
        {"part": part, "label": name, "value": 0.0, "text": ""}  # type: ignore[typeddict-item]
        for part, name in zip(("centre", "team", "person"), names, strict=False)
    )
    data: gap_parts.Data = {
        "unit": "points",
        "scale": "own",
        "rows": [
            {
                "label": in_picture(Link("", kpi.label_en, kpi.label_zh, "")),
                "text": step_text(kpi, steps.gap),
                "parts": [
                    {**part, "value": value, "text": step_text(kpi, value)}
                    for part, value in zip(parts, (steps.centre, steps.team, steps.own), strict=False)
                    if value is not None
                ],
            }
            for kpi, steps in rows
        ],
    }
    return GapParts("", ChartRequest("gap_parts", data), tuple(steps for _, steps in rows), tuple(names))


def request_mix_split(kpi: Kpi, shifts: Sequence[MixShift]) -> MixSplit | None:
    """Months in time order, the one before the first change in front; None without a change."""
    if not shifts:
        return None
    first, last = shifts[0], shifts[-1]
    before: mix_split.Month = {
        "start": first.previous_start.isoformat(),
        "value": first.value_before,
        "mix": None,
        "performance": None,
        "total": None,
    }
    changes: list[mix_split.Month] = [
        {
            "start": shift.window_start.isoformat(),
            "value": shift.value_after,
            "mix": shift.mix_part,
            "performance": shift.performance_part,
            "total": shift.change,
        }
        for shift in shifts
    ]
    data: mix_split.Data = {
        "unit": kpi.unit,  # type: ignore[typeddict-item]
        "months": [before, *changes],
        "value_text": figures("en").picture(kpi, last.value_after),
        "total_text": step_text(kpi, last.change),
    }
    return MixSplit(kpi.kpi_id, ChartRequest("mix_split", data), tuple(shifts))
