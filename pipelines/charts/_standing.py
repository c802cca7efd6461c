"""What a finding, verdict or position means for the reader, and the shape and colour that say so.

Belongs here: the one table from meaning to mark, used by Altair charts and by small pictures alike. Does not belong
here: deciding a finding (SQL) and the colour values (palette.yml).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Finding = Literal[
    "special_cause_improvement", "special_cause_concern", "special_cause_neutral", "common_cause", "too_few_points"
]
"""fct_kpi_signal.finding"""
Assurance = Literal["consistent_pass", "consistent_fail", "inconsistent", "no_target"]
"""fct_kpi_signal.assurance"""
Verdict = Literal["better_than_target", "worse_than_target", "too_close_to_call", "no_target", "too_few"]
"""fct_kpi_value.verdict"""
Position = Literal["above_998", "above_95", "inside", "below_95", "below_998", "too_few"]
"""fct_kpi_funnel.position"""
Better = Literal["higher", "lower", "neutral"]
"""dim_kpi.better"""
Unit = Literal["share", "seconds", "points", "contacts", "per_thousand", "ratio"]
"""dim_kpi.unit: share 0..1, seconds, points (mean of a scale or score), contacts (a count)"""
Standing = Literal["improvement", "concern", "neutral", "common", "unknown"]
"""How a mark is shown: blue diamond, orange square, purple cross, grey disc, hollow ring."""


@dataclass(frozen=True)
class Mark:
    """Shape (a Vega symbol), palette colour, area in square pixels, and whether the shape is filled."""

    shape: str
    colour: str
    area: int
    filled: bool


MARKS: dict[Standing, Mark] = {
    "improvement": Mark("diamond", "improvement", 110, True),
    "concern": Mark("square", "concern", 90, True),
    "neutral": Mark("cross", "neutral", 110, True),
    "common": Mark("circle", "common", 50, True),
    "unknown": Mark("circle", "common", 50, False),
}

OF_FINDING: dict[Finding, Standing] = {
    "special_cause_improvement": "improvement",
    "special_cause_concern": "concern",
    "special_cause_neutral": "neutral",
    "common_cause": "common",
    "too_few_points": "unknown",
}
OF_VERDICT: dict[Verdict, Standing] = {
    "better_than_target": "improvement",
    "worse_than_target": "concern",
    "too_close_to_call": "common",
    "no_target": "common",
    "too_few": "unknown",
}


def of_position(position: Position, better: Better) -> Standing:
    """What lying outside a funnel's outer lines means, given which direction is better.

    One in twenty lies beyond the inner lines by chance alone, so nothing is said of a point between the two.
    """
    if position == "too_few":
        return "unknown"
    if position in ("inside", "above_95", "below_95"):
        return "common"
    if better == "neutral":
        return "neutral"
    return "improvement" if position.startswith("above") == (better == "higher") else "concern"
