"""Strip plot: one person among people with the same work, who are quiet ticks without names.

Belongs here: how the picture is drawn, directly, because it stands on every agent's page. Does not belong here: who is
compared with whom and where the middle half lies (fct_standing, fct_peer_range), words: labels arrive translated, and
an empty `label` of the picture hides it from assistive technology. Colours are classes of charts.css.
Ticks stand on whole pixels and equal ones once, so that the picture tells how people spread and not how many or who.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypedDict

from markupsafe import Markup, escape

from pipelines.charts._axis import Axis, axis, text_width
from pipelines.charts._pen import box, number, svg
from pipelines.charts._standing import Unit
from pipelines.charts._svg import FONT_SIZE

QUESTION = "Where does one person stand among people with the same work?"
KEY = ("own", "peers", "middle")
"""Names for `small.key_mark`: everything this picture may show."""

WIDTH, LANE, EDGE = 340, 84, 8
OWN, STRIP, FOOT = 33, 49, 74
"""In a lane, from its top: the foot of the own value's text, the middle of the strip, the foot of the axis texts."""
TICK = 8
"""Half of a tick's length."""


class Row(TypedDict):
    """One KPI: the own value with its text, the middle half of all from `low` to `high`, and the others' values."""

    label: str
    unit: Unit
    better: Literal["higher", "lower"]
    value: float
    text: str
    low: float
    high: float
    peers: list[float]


class Data(TypedDict):
    """KPIs from top to bottom, each on a scale of its own on which further right is better."""

    rows: list[Row]


def picture(data: Data, label: str = "") -> Markup:
    """The strips, one below the other."""
    lanes = (_lane(row, number * LANE) for number, row in enumerate(data["rows"]))
    body = "".join(part for lane in lanes for part in lane)
    return svg(WIDTH, LANE * len(data["rows"]), label, body, "fw-small fw-strip")


def _lane(row: Row, top: float) -> Sequence[str]:
    scale = axis([row["value"], row["low"], row["high"], *row["peers"]], row["unit"])
    own, ends = _x(row["value"], row, scale), sorted((_x(row["low"], row, scale), _x(row["high"], row, scale)))
    middle = number(top + STRIP)
    low, high = (scale.texts[0], scale.texts[-1]) if row["better"] == "higher" else (scale.texts[-1], scale.texts[0])
    half = text_width(row["text"], FONT_SIZE) / 2
    return (
        f'<text x="0" y="{number(top + FONT_SIZE)}">{escape(row["label"])}</text>',
        box("fw-middle", ends[0], ends[1], top + STRIP - TICK - 3, 2 * TICK + 6),
        f'<path class="fw-rail" d="M{EDGE},{middle}H{WIDTH - EDGE}"/>',
        f'<path class="fw-peer" d="{_ticks(row, scale, top)}"/>',
        f'<path class="fw-own" d="M{number(own)},{middle}m0,-9l6,9l-6,9l-6,-9Z"/>',
        f'<text class="fw-own-text" x="{number(min(max(own, half), WIDTH - half))}" y="{number(top + OWN)}">'
        f"{escape(row['text'])}</text>",
        f'<text class="fw-end" x="0" y="{number(top + FOOT)}">{escape(low)}</text>',
        f'<text class="fw-end fw-end-right" x="{WIDTH}" y="{number(top + FOOT)}">{escape(high)}</text>',
    )


def _x(value: float, row: Row, scale: Axis) -> float:
    """Pixels from the left; the better end is on the right."""
    along = scale.position(value, WIDTH - 2 * EDGE)
    return EDGE + (along if row["better"] == "higher" else WIDTH - 2 * EDGE - along)


def _ticks(row: Row, scale: Axis, top: float) -> str:
    places = sorted({round(_x(value, row, scale)) for value in row["peers"]})
    start = number(top + STRIP - TICK)
    return "".join(f"M{place},{start}v{2 * TICK}" for place in places)


EXAMPLE: Data = {
    "rows": [
        {
            "label": "QA",
            "unit": "points",
            "better": "higher",
            "value": 86.2,
            "text": "86.2",
            "low": 81.4,
            "high": 87.0,
            "peers": [74.1, 77.8, 78.9, 80.2, 81.0, 81.6, 82.3, 82.9, 83.4, 83.6, 84.1, 84.8, 85.5, 86.6, 87.1, 88.0,
                      88.4, 90.2, 91.5],
        },
        {
            "label": "AHT",
            "unit": "seconds",
            "better": "lower",
            "value": 318.0,
            "text": "5:18",
            "low": 334.0,
            "high": 391.0,
            "peers": [301.0, 322.0, 330.0, 336.0, 341.0, 347.0, 352.0, 355.0, 361.0, 364.0, 370.0, 377.0, 384.0, 390.0,
                      398.0, 405.0, 417.0, 433.0, 452.0],
        },
    ]
}  # fmt: skip
"""An invented person among nineteen others: inside the middle half in one measure, on its better side in the other."""
