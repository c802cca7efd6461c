"""Word-sized pictures of a judgement: how likely each tier is, and what one KPI adds to or takes from a score.

Belongs here: pictures for table cells of the judgement pages. Does not belong here: other small pictures (`small`),
the large charts, probabilities (fct_tier), words: `label` arrives translated, and an empty one hides the picture from
assistive technology. Colours are classes of charts.css.
"""

from __future__ import annotations

from markupsafe import Markup

from pipelines.charts._key_marks import tier
from pipelines.charts._pen import along, box, number, svg

__all__ = ["contribution_bar", "probability_bar"]

TOLERANCE = 0.01
"""By how much three rounded probabilities may miss 1 together."""


def probability_bar(
    p_low: float, p_mid: float, p_high: float, label: str, *, width: int = 120, height: int = 16
) -> Markup:
    """How likely the high, the middle and the low tier are, from left to right as in the tier mix.

    Raises ValueError for what are not three probabilities that add up to 1.
    """
    shares = (("high", p_high), ("mid", p_mid), ("low", p_low))
    total = sum(share for _, share in shares)
    if not all(0 <= share <= 1 for _, share in shares) or not abs(total - 1) <= TOLERANCE:
        raise ValueError(f"{p_low}, {p_mid} and {p_high} are not three probabilities that add up to 1")
    parts, before = [], 0.0
    for name, share in shares:
        left, before = before / total * (width - 1) + 0.5, before + share
        right = before / total * (width - 1) + 0.5
        if share:
            parts.append(tier(name, left, right, 0.5, height - 1))
    return svg(width, height, label, "".join(parts))


def contribution_bar(
    value: float | None, low: float, high: float, label: str, *, width: int = 120, height: int = 16
) -> Markup:
    """A signed bar from zero on the scale low..high, which is the caller's: the same for every row to be compared.

    A value beyond the scale is cut at its end. Raises ValueError for a scale that does not hold zero or is empty.
    """
    if not low <= 0 <= high:
        raise ValueError(f"scale {low}..{high} does not hold zero")
    x = along((low, high), width)
    parts = [f'<path class="fw-rail" d="M0,{number(height - 0.5)}H{width}"/>']
    if value is not None:
        parts.append(box("fw-bar", min(x(0), x(value)), max(x(0), x(value)), 3, height - 6))
    parts.append(f'<path class="fw-centre" d="M{number(x(0))},0V{height}"/>')
    return svg(width, height, label, "".join(parts))
