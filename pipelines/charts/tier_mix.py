"""Tier mix: which share of each group stands in which tier, with the number of people in every part.

Belongs here: how the picture is drawn. Does not belong here: tiers and the counts that may be shown (fct_tier and the
page's privacy rule), the order of the groups (the page's), words.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any, Literal, TypedDict

import altair as alt

from pipelines.charts import _hatch, _lanes
from pipelines.charts._axis import text_width
from pipelines.charts._rows import layer
from pipelines.charts._svg import FONT_SIZE
from pipelines.charts._theme import shape, splice
from pipelines.charts.palette import variable

QUESTION = "How many people of each group stand in which tier, and of how many can nothing be said yet?"
KEY = ("tier_high", "tier_mid", "tier_low", "tier_not_enough_evidence", "tier_new_starter", "tier_hidden")
"""Names for `small.key_mark`: everything this picture may show."""

Tier = Literal["high", "mid", "low", "not_enough_evidence", "new_starter", "hidden"]
"""fct_tier.tier; "hidden" holds what a small group may not show apart."""
ORDER: tuple[Tier, ...] = ("high", "mid", "low", "not_enough_evidence", "new_starter", "hidden")
_FILL = {
    "high": "tier-high", "mid": "tier-mid", "low": "tier-low", "not_enough_evidence": "surface",
    "new_starter": "surface", "hidden": "band",
}  # fmt: skip
_DASH: dict[Tier, list[int]] = {"not_enough_evidence": [5, 3], "hidden": [1, 3]}
_PATTERN: dict[Tier, _hatch.Pattern] = {"low": "slanted", "new_starter": "upright"}
GAP = 2
LANE = _lanes.ONE_LINE


class Part(TypedDict):
    """People of one tier: their number, and the texts to try in the part, widest first ("high 12", "12")."""

    tier: Tier
    count: int
    texts: list[str]


class Row(TypedDict):
    """One group; `text` stands at the end of its label line and says how many people it has."""

    label: str
    text: str
    parts: list[Part]


class Data(TypedDict):
    """Groups from top to bottom in the order given; the order of the parts is always the same. A group may be empty."""

    rows: list[Row]


def draw(data: Data) -> dict[str, Any]:
    """The chart as a complete Vega-Lite specification."""
    rows = data["rows"]
    parts = [part for place, row in enumerate(rows) for part in _placed(place, row)]
    return splice(
        _shape(),
        {
            "rows": LANE.numbered(rows),
            "parts": parts,
            "hatches": _hatch.table(_trails(parts)),
        },
        {},
    )


def _placed(place: int, row: Row) -> Iterator[dict[str, Any]]:
    """Every part that has people, from left to right; widths are shares of the whole width."""
    total = sum(part["count"] for part in row["parts"])
    top, bottom = LANE.bar_edges(place)
    before = 0
    for part in sorted(row["parts"], key=lambda each: ORDER.index(each["tier"])):
        if not part["count"]:
            continue
        left = before / total * _lanes.PLOT
        before += part["count"]
        end = before / total * _lanes.PLOT
        right = end if before == total else max(end - GAP, left + 0.5)
        fitting = (text for text in part["texts"] if text_width(text, FONT_SIZE) + 4 <= right - left)
        yield {
            "tier": part["tier"],
            "about": place + 1,
            "left": left,
            "right": right,
            "top": top,
            "bottom": bottom,
            "text": next(fitting, ""),
            "dash": _DASH.get(part["tier"], []),
        }


def _trails(parts: list[dict[str, Any]]) -> Iterator[list[_hatch.Point]]:
    for part in parts:
        if pattern := _PATTERN.get(part["tier"]):
            yield _hatch.trail(pattern, part["left"], part["right"], part["top"], part["bottom"], _clear(part))


def _clear(part: dict[str, Any]) -> float:
    """Pixels around the text that lines keep away from."""
    return text_width(part["text"], FONT_SIZE) + 8 if part["text"] else 0


@cache
def _shape() -> dict[str, Any]:
    parts = layer("parts")
    fills = json.dumps({tier: variable(colour) for tier, colour in _FILL.items()})
    return _lanes.tall(
        shape(
            [
                layer()
                .mark_rule(stroke=variable("grid"), strokeWidth=1, yOffset=LANE.down)
                .encode(x=alt.value(0), x2=alt.value(_lanes.PLOT), y=_lanes.y()),
                parts.mark_rect(
                    fill=alt.ExprRef(f"{fills}[datum.tier]"),
                    stroke=variable("tier-edge"),
                    strokeDash=alt.ExprRef("datum.dash"),
                ).encode(
                    x=alt.X("left:Q", scale=None),
                    x2=alt.X2("right:Q"),
                    y=alt.Y("top:Q", scale=None),
                    y2=alt.Y2("bottom:Q"),
                ),
                _hatch.layer("hatches", "tier-edge"),
                parts.transform_calculate(x="(datum.left + datum.right) / 2", y="(datum.top + datum.bottom) / 2")
                .mark_text(baseline="middle")
                .encode(x=alt.X("x:Q", scale=None), y=alt.Y("y:Q", scale=None), text="text:N"),
                *LANE.texts(),
            ],
            plot_width=_lanes.PLOT,
            height=None,
            padding={"left": _lanes.SIDE, "right": _lanes.SIDE, "top": 2, "bottom": 4},
            parameters=(),
        ),
        LANE.step,
    )


_GROUPS: tuple[tuple[str, tuple[int, ...]], ...] = (
    ("Orchard centre", (46, 88, 21, 17, 12)),
    ("Team 01", (6, 9, 0, 3, 0)),
    ("夜班一组", (3, 11, 2, 1, 4)),
    ("Orchard desk, late shift", (9, 7, 1, 0, 0)),
    ("Team 07", (0, 0, 0, 4, 10)),
)
_CODES = ("H", "M", "L", "?", "N")


def _invented(label: str, counts: tuple[int, ...]) -> Row:
    return {
        "label": label,
        "text": f"n = {sum(counts)}",
        "parts": [
            {"tier": tier, "count": count, "texts": [f"{code} {count}", str(count)]}
            for tier, code, count in zip(ORDER, _CODES, counts, strict=False)
        ],
    }


EXAMPLE: Data = {"rows": [_invented(label, counts) for label, counts in _GROUPS]}
"""An invented centre of 184 people and four of its teams."""
