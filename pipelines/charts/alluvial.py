"""Alluvial: how many people went from which tier to which, over two or three quarters.

Belongs here: how the picture is drawn. Does not belong here: counts and which of them may be shown (fct_tier_count,
fct_tier_transition), words. A part of a node without a band is people whose way is not told: too few, or no tier then.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypedDict

import altair as alt

from pipelines.charts import _hatch, _lanes
from pipelines.charts._axis import spread
from pipelines.charts._rows import layer
from pipelines.charts._theme import shape, splice
from pipelines.charts.palette import variable

QUESTION = "How many people moved between the tiers from quarter to quarter, and how many stayed?"
KEY = ("flow", "tier_high", "tier_mid", "tier_low", "tier_hidden")
"""Names for `small.key_mark`: everything this picture may show."""

NODES = ("high", "mid", "low", "other")
"""From top to bottom; "other" holds whoever has no tier, and what is too few to show apart."""
_FILL = {"high": "tier-high", "mid": "tier-mid", "low": "tier-low", "other": "band"}
HEIGHT, TOP, BETWEEN = 210, 24, 12
NODE, MARGIN = 14, 66
"""Pixels of a node's width, and of the room for labels at both sides."""
LINE, STEPS = 14, 12


class Node(TypedDict):
    """People of one tier in one quarter; `text` stands beside it ("H 高 23")."""

    tier: str
    count: int
    text: str


class Stage(TypedDict):
    """One quarter with at most four nodes; `label` stands above it ("2026 Q2")."""

    label: str
    nodes: list[Node]


class Flow(TypedDict):
    """People who went from a tier of stage number `stage` to one of the next; `text` stands in the band."""

    stage: int
    source: str
    target: str
    count: int
    text: str


class Data(TypedDict):
    """Two or three stages, oldest first, and the flows that may be shown.

    Rounded flows may be somewhat more than their node: all of its flows are then drawn thinner to fit.
    """

    stages: list[Stage]
    flows: list[Flow]


@dataclass(frozen=True)
class _Place:
    """Where a node stands."""

    left: float
    top: float
    bottom: float


def draw(data: Data) -> dict[str, Any]:
    """The chart as a complete Vega-Lite specification. Raises ValueError for a flow that has no node."""
    places = _places(data["stages"])
    flows = [flow for flow in data["flows"] if flow["count"]]
    ends = {(flow["stage"], flow["source"]) for flow in flows} | {(flow["stage"] + 1, flow["target"]) for flow in flows}
    if ends - set(places):
        raise ValueError(f"flows have no node: {sorted(ends - set(places))}")
    bands = list(_bands(flows, places, _scale(data["stages"])))
    nodes: list[dict[str, Any]] = [
        {"tier": node["tier"], "left": place.left, "right": place.left + NODE, "top": place.top, "bottom": place.bottom}
        for number, stage in enumerate(data["stages"])
        for node in stage["nodes"]
        if (place := places.get((number, node["tier"])))
    ]
    low = (
        _hatch.trail("slanted", node["left"], node["right"], node["top"], node["bottom"])
        for node in nodes
        if node["tier"] == "low"
    )
    return splice(
        _shape(),
        {
            "bands": [point for number, (band, _) in enumerate(bands) for point in _curve(number, band)],
            "nodes": [{**node, "dash": [1, 3] if node["tier"] == "other" else []} for node in nodes],
            "hatches": _hatch.table(low),
            "texts": [text for _, text in bands if text["text"]] + list(_labels(data["stages"], places)),
        },
        {},
    )


def _scale(stages: Sequence[Stage]) -> float:
    """Pixels per person, the same for all stages."""
    most = max((sum(node["count"] for node in stage["nodes"]) for stage in stages), default=0)
    return (HEIGHT - BETWEEN * (len(NODES) - 1)) / most if most else 0.0


def _places(stages: Sequence[Stage]) -> dict[tuple[int, str], _Place]:
    step = (_lanes.PLOT - 2 * MARGIN - NODE) / max(len(stages) - 1, 1)
    found = {}
    for number, stage in enumerate(stages):
        top = 0.0
        for node in sorted(stage["nodes"], key=lambda each: NODES.index(each["tier"])):
            if node["count"]:
                bottom = top + node["count"] * _scale(stages)
                left = round(MARGIN + number * step, 1)
                found[number, node["tier"]] = _Place(left, round(top, 1), round(bottom, 1))
                top = bottom + BETWEEN
    return found


def _bands(
    flows: Sequence[Flow], places: Mapping[tuple[int, str], _Place], scale: float
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Every flow as the ends of its band, with its text at the beginning, where bands lie apart."""
    used: dict[tuple[str, int, str], float] = defaultdict(float)
    wanted: dict[tuple[str, int, str], float] = defaultdict(float)
    order = sorted(flows, key=lambda each: (each["stage"], NODES.index(each["source"]), NODES.index(each["target"])))
    for flow in order:
        for side in _ends(flow):
            wanted[side] += flow["count"] * scale
    for flow in order:
        source, target = places[flow["stage"], flow["source"]], places[flow["stage"] + 1, flow["target"]]
        out, into = _ends(flow)
        room = min((source.bottom - source.top) / wanted[out], (target.bottom - target.top) / wanted[into], 1.0)
        thick = flow["count"] * scale * room
        start, end = source.top + used[out], target.top + used[into]
        used[out] += thick
        used[into] += thick
        band = {
            "tier": flow["source"], "left": source.left + NODE, "right": target.left, "start": start, "end": end,
            "thick": thick,
        }  # fmt: skip
        place = {"x": source.left + NODE + 6, "y": round(start + thick / 2, 1), "align": "left"}
        yield band, {**place, "text": flow["text"] if thick >= LINE else ""}


def _ends(flow: Flow) -> tuple[tuple[str, int, str], tuple[str, int, str]]:
    """Names of the two sides of nodes that a flow leaves and arrives at."""
    return ("out", flow["stage"], flow["source"]), ("into", flow["stage"] + 1, flow["target"])


def _curve(number: int, band: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Upper and lower edge of a band along an S that leaves and arrives level."""
    for step in range(STEPS + 1):
        part = step / STEPS
        y = band["start"] + (band["end"] - band["start"]) * part * part * (3 - 2 * part)
        x = band["left"] + (band["right"] - band["left"]) * part
        yield {
            "band": number,
            "tier": band["tier"],
            "x": round(x, 1),
            "top": round(y, 1),
            "bottom": round(y + band["thick"], 1),
        }


def _labels(stages: Sequence[Stage], places: Mapping[tuple[int, str], _Place]) -> Iterator[dict[str, Any]]:
    """The quarter above each stage, and each node's text beside it, kept apart where nodes are thin."""
    last = len(stages) - 1
    for number, stage in enumerate(stages):
        nodes = sorted(
            (node for node in stage["nodes"] if (number, node["tier"]) in places),
            key=lambda each: NODES.index(each["tier"]),
        )
        if not nodes:
            continue
        held = [places[number, node["tier"]] for node in nodes]
        middles = spread([(place.top + place.bottom) / 2 for place in held], LINE, LINE / 2, HEIGHT)
        is_last = number == last and number > 0
        x = held[0].left + (NODE + 6 if is_last else -6)
        yield {"x": held[0].left + NODE / 2, "y": -12, "align": "center", "text": stage["label"]}
        for node, middle in zip(nodes, middles, strict=True):
            yield {"x": x, "y": middle, "align": "left" if is_last else "right", "text": node["text"]}


@cache
def _shape() -> dict[str, Any]:
    fills = json.dumps({tier: variable(colour) for tier, colour in _FILL.items()})
    drawn = shape(
        [
            layer("bands")
            .mark_area(fillOpacity=0.75, stroke=variable("tier-edge"), strokeWidth=0.5)
            .encode(
                x=alt.X("x:Q", scale=None),
                y=alt.Y("top:Q", scale=None, stack=None),
                y2=alt.Y2("bottom:Q"),
                detail="band:N",
                fill=alt.Fill(
                    "tier:N",
                    legend=None,
                    scale=alt.Scale(domain=list(_FILL), range=[variable(colour) for colour in _FILL.values()]),
                ),
            ),
            layer("nodes")
            .mark_rect(
                fill=alt.ExprRef(f"{fills}[datum.tier]"),
                stroke=variable("tier-edge"),
                strokeDash=alt.ExprRef("datum.dash"),
            )
            .encode(
                x=alt.X("left:Q", scale=None),
                x2=alt.X2("right:Q"),
                y=alt.Y("top:Q", scale=None),
                y2=alt.Y2("bottom:Q"),
            ),
            _hatch.layer("hatches", "tier-edge"),
            layer("texts")
            .mark_text(baseline="middle", align=alt.ExprRef("datum.align"))
            .encode(x=alt.X("x:Q", scale=None), y=alt.Y("y:Q", scale=None), text="text:N"),
        ],
        plot_width=_lanes.PLOT,
        height=HEIGHT,
        padding={"left": _lanes.SIDE, "right": _lanes.SIDE, "top": TOP, "bottom": 6},
        parameters=(),
    )
    return {"params": [], **drawn}


_COUNTS = ({"high": 41, "mid": 88, "low": 18, "other": 21}, {"high": 44, "mid": 92, "low": 14, "other": 20})
_FLOWS = (("high", "high", 33), ("high", "mid", 8), ("mid", "high", 11), ("mid", "mid", 70), ("mid", "low", 5),
          ("low", "mid", 9), ("low", "low", 8))  # fmt: skip
_SIGNS = {"high": "H 高", "mid": "M 中", "low": "L 低", "other": "…"}

EXAMPLE: Data = {
    "stages": [
        {"label": label, "nodes": [{"tier": t, "count": n, "text": f"{_SIGNS[t]} {n}"} for t, n in counts.items()]}
        for label, counts in zip(("2026 Q1", "2026 Q2"), _COUNTS, strict=True)
    ],
    "flows": [
        {"stage": 0, "source": source, "target": target, "count": count, "text": str(count)}
        for source, target, count in _FLOWS
    ],
}
"""An invented centre of 168 people between two quarters."""
