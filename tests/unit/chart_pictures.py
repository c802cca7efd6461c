"""Reading pictures back: places of elements on the page, boxes of texts, and the extreme data charts must survive."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from math import cos, sin
from typing import Any
from xml.etree import ElementTree

from pipelines.charts import ChartRequest, _render, chart_modules
from pipelines.charts._axis import text_width
from pipelines.charts._labels import Box, overlap

LONG = "Evening desk 晚班客服第二小组的全名"


@dataclass(frozen=True)
class Shown:
    """An element, where it stands in the picture, and what it wears."""

    element: ElementTree.Element
    x: float
    y: float

    def get(self, name: str) -> str:
        return self.element.get(name, "")

    @property
    def text(self) -> str:
        return "".join(self.element.itertext())


def example(chart: str) -> Any:
    return deepcopy(dict(chart_modules()[chart].EXAMPLE))


def drawn(chart: str, data: Mapping[str, object]) -> str:
    request = ChartRequest(chart, data)
    return next(iter(_render.draw_all({request.digest: request}, 1)))[1]


@cache
def picture(chart: str) -> str:
    return drawn(chart, example(chart))


def shown(svg: str, name: str, **worn: str) -> list[Shown]:
    """Elements of a name whose attributes have these values; fill and stroke are given as names of the palette."""
    wanted = {key: f"var(--fw-{value})" if key in ("fill", "stroke") else value for key, value in worn.items()}
    return [
        each
        for each in _placed(ElementTree.fromstring(svg), 0, 0)  # noqa: S314 - our own picture
        if each.element.tag.rpartition("}")[2] == name
        and all(each.element.get(key.replace("_", "-")) == value for key, value in wanted.items())
    ]


def texts(svg: str) -> list[str]:
    return [each.text for each in shown(svg, "text")]


def boxes(svg: str, **worn: str) -> list[Box]:
    """Left, top, right and bottom of every rectangle that wears these colours."""
    found = []
    for each in shown(svg, "path", **worn):
        if match := re.fullmatch(r"M(\S+?),(\S+?)h(\S+?)v(\S+?)h\S+?Z", each.get("d")):
            left, top, width, height = (float(part) for part in match.groups())
            found.append((each.x + left, each.y + top, each.x + left + width, each.y + top + height))
    return found


def width(box: Box) -> float:
    return box[2] - box[0]


def rules(svg: str, **worn: str) -> list[Box]:
    """Both ends of every straight line that wears these colours, in order of x and y."""
    lines = []
    for each in shown(svg, "line", **worn):
        x, y = each.x + float(each.get("x2") or 0), each.y + float(each.get("y2") or 0)
        lines.append((min(x, each.x), min(y, each.y), max(x, each.x), max(y, each.y)))
    return lines


def text_boxes(svg: str) -> list[tuple[str, Box]]:
    """About what every text covers."""
    found = []
    for each in shown(svg, "text"):
        width = text_width(each.text, 13) * 0.94
        start = {"": 0.0, "end": -width, "middle": -width / 2}[each.get("text-anchor")]
        found.append((each.text, (each.x + start, each.y - 10, each.x + start + width, each.y + 2.5)))
    return found


def collisions(svg: str) -> list[tuple[str, str]]:
    """Pairs of texts that cover each other."""
    return [
        (first, second) for (first, one), (second, other) in combinations(text_boxes(svg), 2) if overlap(one, other)
    ]


def strays(svg: str) -> list[str]:
    """Texts that reach beyond the picture."""
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own picture
    _, _, width, height = (float(part) for part in root.get("viewBox", "").split())
    return [
        text
        for text, (left, top, right, bottom) in text_boxes(svg)
        if left < -1 or top < -1 or right > width + 1 or bottom > height + 1
    ]


def _placed(element: ElementTree.Element, x: float, y: float) -> Iterator[Shown]:
    if match := re.match(r"translate\((-?[\d.]+),(-?[\d.]+)\)", element.get("transform", "")):
        x, y = x + float(match[1]), y + float(match[2])
    yield Shown(element, x, y)
    for child in element:
        yield from _placed(child, x, y)


def _point(number: int) -> dict[str, object]:
    x, y = 50 + 49 * abs(sin(1.7 * number)), 99 * abs(sin(2.9 * number + 1))
    ends = {"x_low": x - 6, "x_high": x + 6, "y_low": y - 12, "y_high": y + 12}
    return {
        "label": f"{LONG} {number}",
        "x": x,
        "y": y,
        **ends,
        "x_before": x - 9 if number % 2 else None,
        "y_before": y + 14 if number % 2 else None,
        "is_between": number % 3 == 0,
        "is_highlighted": number == 4,
    }


def _month(number: int, value: float, mix: float | None, performance: float | None) -> dict[str, object]:
    total = None if mix is None or performance is None else mix + performance
    start = f"{2024 + number // 12}-{number % 12 + 1:02d}-01"
    return {"start": start, "value": value, "mix": mix, "performance": performance, "total": total}


def _gap(value: float) -> dict[str, object]:
    parts = [{"part": part, "label": LONG, "value": value, "text": "−1,234.5"} for part in ("centre", "team", "person")]
    return {"label": LONG, "text": "−1,234.5", "parts": parts}


def _effect(number: int, size: float) -> dict[str, object]:
    finding = ("measurable", "not_measurable", "not_assessable")[number % 3]
    ends = {"low": -size, "high": size * number, "naive": 2 * size, "detectable": size}
    return {"label": f"{LONG} {number}", "text": "−10.5 … +12.5", **ends, "finding": finding}


def _mix(number: int, *counts: int) -> dict[str, object]:
    tiers = ("high", "mid", "low", "not_enough_evidence", "new_starter", "hidden")
    parts = [
        {"tier": tier, "count": count, "texts": [f"high 高 {count}", str(count)]}
        for tier, count in zip(tiers, counts, strict=False)
    ]
    return {"label": f"{LONG} {number}", "text": f"n = {sum(counts)}", "parts": parts}


def _skill(number: int, value: float | None) -> dict[str, object]:
    ends = {"value": value, "low": value, "high": value, "centre": 80.0, "against": "too_few"}
    return {"label": f"{LONG} {number}", "text": "" if value is None else f"{value}", **ends}


def _weight(number: int, value: float | None, full: float) -> dict[str, object]:
    ends = {"value": value, "full": full, "target": 0.8 * full, "is_total": number == 0}
    return {"label": f"{LONG} {number}", "text": f"{value} / {full}", **ends}


def _matrix(size: int, count: int | None) -> dict[str, object]:
    text = "<5" if count is None else f"{count:,}"
    cells = [
        [{"count": count, "text": text, "is_stay": row == column} for column in range(size)] for row in range(size)
    ]
    labels = [f"{LONG} {number}" for number in range(size)]
    return {"row_title": LONG, "column_title": LONG, "rows": labels, "columns": labels, "cells": cells}


def _programme(number: int, value: float | None) -> dict[str, object]:
    points = [{"days": days, "value": value, "low": value, "high": value} for days in (30, 60, 90)]
    return {"label": f"{LONG} {number}", "points": points}


def _step(weeks: int) -> dict[str, object]:
    share = weeks / 104
    return {"weeks": weeks, "share": share, "low": share or None, "high": share or None, "people": 1234 - weeks}


def extremes() -> list[tuple[str, dict[str, Any]]]:
    """(chart, data) of what no chart may stumble over: nothing, zeros, one row, twenty rows, long names."""
    quadrant, agreement, hovering = example("quadrant"), example("agreement"), example("hovering")
    none = dict.fromkeys(("bias", "bias_low", "bias_high", "limit_low", "limit_high"))
    zero_bins = [{**each, "days": 0, "expected": 0.0} for each in hovering["bins"]]
    seconds = {"unit": "seconds", "value_text": "6:55", "total_text": "+2:10"}
    return [
        ("tier_mix", {"rows": [_mix(0, 0, 0, 0, 0, 0)]}),
        ("tier_mix", {"rows": [_mix(number, number % 4, 999, number % 3, 1, number % 2, 9) for number in range(20)]}),
        ("transition", _matrix(7, 1234)),
        ("transition", _matrix(3, None)),
        ("transition", _matrix(1, 0)),
        ("quadrant", quadrant | {"points": [_point(number) for number in range(24)], "x_text": LONG, "y_text": LONG,
                                 "corners": dict.fromkeys(quadrant["corners"], LONG + LONG)}),
        ("quadrant", quadrant | {"points": []}),
        ("gap_parts", {"unit": "points", "scale": "shared", "rows": [_gap(0.0)]}),
        ("gap_parts", {"unit": "points", "scale": "own", "rows": [_gap(0.0)]}),
        ("gap_parts", {"unit": "seconds", "scale": "shared", "rows": [_gap(-90.0 * number) for number in range(12)]}),
        ("mix_split", seconds | {"months": [_month(0, 400.0, None, None)]}),
        ("mix_split", seconds | {"months": [_month(number, 0.0, 0.0, 0.0) for number in range(3)]}),
        ("mix_split", seconds | {"months": [
            _month(number, 400 + 99 * sin(number), 200 * sin(number), -130 * cos(number)) for number in range(36)]}),
        ("effect_range", {"unit": "points", "rows": [_effect(0, 0.0)]}),
        ("effect_range", {"unit": "share", "rows": [_effect(number, 0.01) for number in range(20)]}),
        ("agreement", agreement | none | {"pairs": []}),
        ("agreement", agreement | dict.fromkeys(none, 0.0) | {"pairs": [{"mean": 80.0, "difference": 0.0}]}),
        ("skill_profile", {"unit": "points", "rows": [_skill(0, None)]}),
        ("skill_profile", {"unit": "points", "rows": [_skill(number, 0.0) for number in range(7)]}),
        ("hovering", hovering | {"bins": zero_bins, "window_low": None, "window_high": None}),
        ("hovering", hovering | {"bins": hovering["bins"][-1:], "minimum": 0.2, "minimum_text": LONG}),
        ("decay", {"unit": "points", "programmes": [_programme(0, None)]}),
        ("decay", {"unit": "seconds", "programmes": [_programme(number, 100.0 * number) for number in range(9)]}),
        ("ramp", {"points": [], "usual": None, "usual_text": ""}),
        ("ramp", {"points": [_step(0), _step(4)], "usual": 0.9, "usual_text": "90%"}),
        ("ramp", {"points": [_step(4 * number) for number in range(27)], "usual": 0.95, "usual_text": "95%"}),
        ("weights", {"rows": [_weight(0, 0.0, 100.0)]}),
        ("weights", {"rows": [_weight(number, None if number == 3 else 4.2, 5.0) for number in range(12)]}),
    ]  # fmt: skip
