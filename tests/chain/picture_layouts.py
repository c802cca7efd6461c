"""Where marks must stand in pictures that their own code lays out: panels, rows of parts, cells, columns and bands.

One function per chart, as in `picture_places`, which knows them by name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

from pipelines.charts import alluvial, calendar
from tests.chain.picture_marks import LENGTH, Data, filled, on_one_scale, same
from tests.chain.picture_reader import Mark


def decay(data: Data, specification: Mapping[str, Any], marks: Sequence[Mark]) -> Iterator[str]:
    """Points of one row of panels share a scale."""
    points = [p["value"] for programme in data["programmes"] for p in programme["points"] if p["value"] is not None]
    found = [mark.y for mark in filled(marks, "actual", "surface")]
    drawn = [row["y"] for row in specification["datasets"]["points"]]
    yield from same("points", found, [place + specification["padding"]["top"] for place in drawn])
    if len(points) != len(drawn):
        yield f"{len(drawn)} points drawn for {len(points)} values"
    panels: dict[int, list[tuple[float, float]]] = {}
    for value, row in zip(points, specification["datasets"]["points"], strict=True):
        panels.setdefault(row["panel"] // 2, []).append((value, row["y"]))
    for seen in panels.values():
        yield from on_one_scale("points of a row of panels", seen)


def months(data: Data, specification: Mapping[str, Any], marks: Sequence[Mark]) -> Iterator[str]:
    """Values and changes, each on a scale of its own."""
    dots = sorted((mark for mark in filled(marks, "actual") if "transform" in mark.element.attrib), key=lambda m: m.x)
    if len(dots) != len(data["months"]):
        yield f"{len(dots)} values drawn for {len(data['months'])} months"
        return
    yield from on_one_scale("values", [(m["value"], dot.y) for m, dot in zip(data["months"], dots, strict=True)])
    changes = [month["total"] for month in data["months"] if month["total"] is not None]
    diamonds = sorted(filled(marks, "ink", "surface"), key=lambda mark: mark.x)
    if len(diamonds) != len(changes):
        yield f"{len(diamonds)} changes drawn for {len(changes)}"
        return
    yield from on_one_scale("changes", [(c, mark.y) for c, mark in zip(changes, diamonds, strict=True)])


def gaps(data: Data, specification: Mapping[str, Any], marks: Sequence[Mark]) -> Iterator[str]:
    """Lengths of the parts of a row are as their values."""
    bars = [
        mark for mark in marks if mark.name == "path" and mark.wears("stroke", "actual") and mark.element.get("fill")
    ]
    lengths = iter(bar.box[2] - bar.box[0] for bar in sorted(bars, key=lambda bar: bar.box[1]))
    for row in data["rows"]:
        own = [next(lengths, -1.0) for _ in row["parts"]]
        longest = max(zip((abs(part["value"]) for part in row["parts"]), own, strict=True))
        for part, length in zip(row["parts"], own, strict=True):
            if longest[0] and abs(length - abs(part["value"]) / longest[0] * longest[1]) > LENGTH:
                yield f"{row['label']}: {part['value']} is {length:.1f} long, {longest[0]} is {longest[1]:.1f}"


def tiers(data: Data, specification: Mapping[str, Any], marks: Sequence[Mark]) -> Iterator[str]:
    """Every part begins where the parts before it end, as a share of the whole width."""
    edges = [
        mark
        for mark in marks
        if mark.name == "path" and mark.wears("stroke", "tier-edge") and mark.element.get("fill", "none") != "none"
    ]
    left, width = specification["padding"]["left"], specification["width"]
    wanted = []
    for row in data["rows"]:
        counts = [part["count"] for part in row["parts"] if part["count"]]
        wanted += (
            [left + before / sum(counts) * width for before in accumulate(counts[:-1], initial=0)] if counts else []
        )
    yield from same("left edges", (mark.box[0] for mark in edges), wanted, LENGTH)


def moves(data: Data, specification: Mapping[str, Any], marks: Sequence[Mark]) -> Iterator[str]:
    """The texts of the cells, read from left to right and from top to bottom."""
    cells = [
        mark
        for mark in marks
        if mark.name == "path" and any(mark.wears("stroke", c) for c in ("grid", "actual", "common"))
    ]
    boxes = sorted((mark.box for mark in cells), key=lambda box: (round(box[1]), box[0]))
    texts = [mark for mark in marks if mark.name == "text"]
    wanted = [cell["text"] for row in data["cells"] for cell in row]
    found = [
        "".join(t.element.text or "" for t in texts if box[0] < t.x < box[2] and box[1] < t.y < box[3]) for box in boxes
    ]
    if found != wanted:
        yield f"cells say {found}, not {wanted}"


def days(data: Data, specification: Mapping[str, Any], marks: Sequence[Mark]) -> Iterator[str]:
    """Every day stands in the column of its week and the row of its weekday."""
    width = (specification["width"] - calendar.LEFT) / len(data["weeks"])
    left, top = specification["padding"]["left"] + calendar.LEFT, specification["padding"]["top"]
    boxes = [mark.box for mark in marks if mark.name == "path" and mark.element.get("fill", "none") != "none"]
    found = sorted((int((box[0] + box[2]) / 2 - left) // width, (box[3] - top - 1) // calendar.STEP) for box in boxes)
    wanted = sorted((day["week"], day["weekday"]) for day in data["days"])
    if found != wanted:
        yield f"{len(found)} days drawn for {len(wanted)}: {sorted(set(found) ^ set(wanted))[:5]} differ"


def flows(data: Data, specification: Mapping[str, Any], marks: Sequence[Mark]) -> Iterator[str]:
    """Columns are as tall as they hold people; every band begins as thick as its number, or as there is room."""
    counts = [node["count"] for stage in data["stages"] for node in stage["nodes"] if node["count"]]
    boxes = [
        mark.box
        for mark in marks
        if mark.name == "path" and mark.wears("stroke", "tier-edge") and mark.element.get("fill", "none") != "none"
    ]
    tall = [box[3] - box[1] for box in boxes if abs(box[2] - box[0] - alluvial.NODE) < LENGTH]
    one = max(tall, default=0.0) / max(counts, default=1)
    yield from same("columns", tall, (count * one for count in counts), LENGTH)
    bands: dict[int, float] = {}
    for row in specification["datasets"]["bands"]:
        bands.setdefault(row["band"], row["bottom"] - row["top"])
    yield from same("bands", bands.values(), (count * one for count in _with_room(data)), LENGTH)


def _with_room(data: Data) -> Iterator[float]:
    """Numbers of the flows; rounded ones that are together more than their column share it."""
    held = {
        (number, node["tier"]): node["count"] for number, stage in enumerate(data["stages"]) for node in stage["nodes"]
    }
    out, into = Counter[tuple[int, str]](), Counter[tuple[int, str]]()
    for flow in data["flows"]:
        out[flow["stage"], flow["source"]] += flow["count"]
        into[flow["stage"] + 1, flow["target"]] += flow["count"]
    for flow in data["flows"]:
        source, target = (flow["stage"], flow["source"]), (flow["stage"] + 1, flow["target"])
        yield flow["count"] * min(1.0, held[source] / out[source], held[target] / into[target])
