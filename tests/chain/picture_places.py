"""Where marks of each kind of picture must stand: values sent through the chart's scale, in pixels of the picture.

One function per chart: (data, specification, marks of the picture) → what does not fit. A chart without a function here
fails the test that uses it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

from pipelines.charts import alluvial, calendar
from tests.chain.picture_reader import Mark, Scale, scales

Data = Mapping[str, Any]
Check = Callable[[Data, Mapping[str, Any], Sequence[Mark]], Iterator[str]]
NEAR = 0.5
"""Pixels a mark may miss its value by; coordinates are written with one decimal."""
LENGTH = 1.0
"""The same for a length, which has two ends."""
STANDINGS = ("improvement", "concern", "neutral", "common")


def _symbols(marks: Iterable[Mark]) -> list[Mark]:
    """Points that wear a standing: filled, or a hollow ring."""
    return [
        mark
        for mark in marks
        if mark.name == "path"
        and (
            any(mark.wears("fill", colour) and mark.wears("stroke", "surface") for colour in STANDINGS)
            or (mark.wears("fill", "surface") and mark.wears("stroke", "common"))
        )
        and "transform" in mark.element.attrib
    ]


def _filled(marks: Iterable[Mark], colour: str, stroke: str | None = None) -> list[Mark]:
    return [
        mark
        for mark in marks
        if mark.name == "path" and mark.wears("fill", colour) and (stroke is None or mark.wears("stroke", stroke))
    ]


def _same(what: str, seen: Iterable[float], wanted: Iterable[float], near: float = NEAR) -> Iterator[str]:
    found, asked = sorted(seen), sorted(wanted)
    if len(found) != len(asked):
        yield f"{len(found)} {what} drawn for {len(asked)} values"
        return
    for place, value in zip(found, asked, strict=True):
        if abs(place - value) > near:
            yield f"{what}: stands at {place:.1f}, its value at {value:.1f}"


def _both(specification: Mapping[str, Any]) -> tuple[Scale, Scale]:
    across, up = scales(specification)
    assert across
    assert up
    return across, up


def _known(rows: Iterable[Mapping[str, Any]], key: str) -> list[float]:
    return [row[key] for row in rows if row[key] is not None]


def _xmr(data: Data, specification: Mapping[str, Any], marks: Sequence[Mark]) -> Iterator[str]:
    up = scales(specification)[1]
    assert up
    points = sorted(_symbols(marks), key=lambda mark: mark.x)
    for mark, point in zip(points, data["points"], strict=True):
        yield from _same(f"point of {point['start']}", [mark.y], [up.pixel(point["value"])])
    if data["target"] is not None:
        lines = [mark.y for mark in marks if mark.name == "line" and mark.wears("stroke", "target")]
        yield from _same("target", lines, [up.pixel(data["target"])])


def _dots(data: Data, specification: Mapping[str, Any], marks: Sequence[Mark]) -> Iterator[str]:
    across = scales(specification)[0]
    assert across
    yield from _same("dots", [mark.x for mark in _symbols(marks)], map(across.pixel, _known(data["rows"], "value")))
    bars = [mark for mark in marks if mark.name == "line" and mark.wears("stroke", "interval")]
    both = [row for row in data["rows"] if row["low"] is not None and row["high"] is not None]
    reach = [(mark.x, mark.x + float(mark.element.get("x2", 0))) for mark in bars]
    yield from _same("lower ends", map(min, reach), map(across.pixel, _known(both, "low")))
    yield from _same("upper ends", map(max, reach), map(across.pixel, _known(both, "high")))


def _bullets(data: Data, specification: Mapping[str, Any], marks: Sequence[Mark]) -> Iterator[str]:
    across = scales(specification)[0]
    assert across
    ends = [mark.box[2] for mark in _filled(marks, "actual")]
    yield from _same("ends of bars", ends, map(across.pixel, _known(data["rows"], "value")))
    boxes = _filled(marks, "interval-fill")
    yield from _same("lower ends", (mark.box[0] for mark in boxes), map(across.pixel, _known(data["rows"], "low")))
    yield from _same("upper ends", (mark.box[2] for mark in boxes), map(across.pixel, _known(data["rows"], "high")))
    before = [mark.x for mark in _filled(marks, "previous")]
    yield from _same("triangles", before, map(across.pixel, _known(data["rows"], "previous")))


def _funnel(data: Data, specification: Mapping[str, Any], marks: Sequence[Mark]) -> Iterator[str]:
    across, up = _both(specification)
    yield from _same(
        "points, across", (mark.x for mark in _symbols(marks)), (across.pixel(p["n"]) for p in data["points"])
    )
    yield from _same("points, up", (mark.y for mark in _symbols(marks)), (up.pixel(p["value"]) for p in data["points"]))


def _bins(count: str) -> Check:
    def check(data: Data, specification: Mapping[str, Any], marks: Sequence[Mark]) -> Iterator[str]:
        across, up = _both(specification)
        boxes = sorted((mark.box for mark in _filled(marks, "interval-fill")), key=lambda box: box[0])
        for box, each in zip(boxes, data["bins"], strict=True):
            wanted = [across.pixel(each["bin_low"]), up.pixel(each[count]), across.pixel(each["bin_high"]), up.pixel(0)]
            for seen, asked in zip(box, wanted, strict=True):
                yield from _same("edge of a bin", [seen], [asked])

    return check


def _quadrant(data: Data, specification: Mapping[str, Any], marks: Sequence[Mark]) -> Iterator[str]:
    across, up = _both(specification)
    plain = [point for point in data["points"] if not point["is_highlighted"]]
    found = _symbols(marks)
    yield from _same("people, across", (mark.x for mark in found), (across.pixel(point["x"]) for point in plain))
    yield from _same("people, up", (mark.y for mark in found), (up.pixel(point["y"]) for point in plain))
    trails = [mark for mark in marks if mark.name == "line" and mark.wears("stroke", "previous")]
    earlier = [point for point in data["points"] if point["x_before"] is not None]
    begins = [(across.pixel(point["x_before"]), up.pixel(point["y_before"])) for point in earlier]
    yield from _same("trails, across", (mark.x for mark in trails), (x for x, _ in begins))
    yield from _same("trails, up", (mark.y for mark in trails), (y for _, y in begins))
    shown = [mark.element.text for mark in marks if mark.name == "text"]
    yield from (f"no cell says {each['text']}" for each in data["bins"] if each["text"] not in shown)


def _agreement(data: Data, specification: Mapping[str, Any], marks: Sequence[Mark]) -> Iterator[str]:
    across, up = _both(specification)
    rings = [mark for mark in marks if mark.name == "path" and mark.wears("stroke", "actual")]
    yield from _same(
        "pairs, across", (mark.x for mark in rings), (across.pixel(pair["mean"]) for pair in data["pairs"])
    )
    yield from _same("pairs, up", (mark.y for mark in rings), (up.pixel(pair["difference"]) for pair in data["pairs"]))


def _effects(data: Data, specification: Mapping[str, Any], marks: Sequence[Mark]) -> Iterator[str]:
    across = scales(specification)[0]
    assert across
    diamonds = [mark.x for mark in _filled(marks, "surface", "ink")]
    yield from _same("diamonds", diamonds, map(across.pixel, _known(data["rows"], "naive")))
    bars = [*_filled(marks, "improvement"), *_filled(marks, "surface", "common")]
    yield from _same("lower ends", (mark.box[0] for mark in bars), map(across.pixel, _known(data["rows"], "low")))
    yield from _same("upper ends", (mark.box[2] for mark in bars), map(across.pixel, _known(data["rows"], "high")))


def _weights(data: Data, specification: Mapping[str, Any], marks: Sequence[Mark]) -> Iterator[str]:
    across = scales(specification)[0]
    assert across
    ends = [mark.box[2] for mark in _filled(marks, "actual")]
    yield from _same("ends of bars", ends, map(across.pixel, _known(data["rows"], "value")))
    yield from _same(
        "boxes", (mark.box[2] for mark in _filled(marks, "band")), (across.pixel(r["full"]) for r in data["rows"])
    )


def _on_one_scale(what: str, seen: Sequence[tuple[float, float]]) -> Iterator[str]:
    """(value, pixel) pairs must lie on a straight line that falls: a larger value stands higher."""
    if len(seen) < 2:
        return
    (low, bottom), (high, top) = min(seen), max(seen)
    if high - low < 1e-12:
        return
    if bottom <= top:
        yield f"{what}: a larger value does not stand higher"
    scale = Scale((low, high), (bottom, top))
    for value, place in seen:
        if abs(scale.pixel(value) - place) > 2 * NEAR:
            yield f"{what}: {value} stands at {place:.1f}, the others say {scale.pixel(value):.1f}"


def _decay(data: Data, specification: Mapping[str, Any], marks: Sequence[Mark]) -> Iterator[str]:
    points = [p["value"] for programme in data["programmes"] for p in programme["points"] if p["value"] is not None]
    found = [mark.y for mark in _filled(marks, "actual", "surface")]
    drawn = [row["y"] for row in specification["datasets"]["points"]]
    yield from _same("points", found, [place + specification["padding"]["top"] for place in drawn])
    if len(points) != len(drawn):
        yield f"{len(drawn)} points drawn for {len(points)} values"
    panels: dict[int, list[tuple[float, float]]] = {}
    for value, row in zip(points, specification["datasets"]["points"], strict=True):
        panels.setdefault(row["panel"] // 2, []).append((value, row["y"]))
    for seen in panels.values():
        yield from _on_one_scale("points of a row of panels", seen)


def _months(data: Data, specification: Mapping[str, Any], marks: Sequence[Mark]) -> Iterator[str]:
    dots = sorted((mark for mark in _filled(marks, "actual") if "transform" in mark.element.attrib), key=lambda m: m.x)
    if len(dots) != len(data["months"]):
        yield f"{len(dots)} values drawn for {len(data['months'])} months"
        return
    yield from _on_one_scale("values", [(m["value"], dot.y) for m, dot in zip(data["months"], dots, strict=True)])
    changes = [month["total"] for month in data["months"] if month["total"] is not None]
    diamonds = sorted(_filled(marks, "ink", "surface"), key=lambda mark: mark.x)
    if len(diamonds) != len(changes):
        yield f"{len(diamonds)} changes drawn for {len(changes)}"
        return
    yield from _on_one_scale("changes", [(c, mark.y) for c, mark in zip(changes, diamonds, strict=True)])


def _gaps(data: Data, specification: Mapping[str, Any], marks: Sequence[Mark]) -> Iterator[str]:
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


def _tiers(data: Data, specification: Mapping[str, Any], marks: Sequence[Mark]) -> Iterator[str]:
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
    yield from _same("left edges", (mark.box[0] for mark in edges), wanted, LENGTH)


def _moves(data: Data, specification: Mapping[str, Any], marks: Sequence[Mark]) -> Iterator[str]:
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


def _days(data: Data, specification: Mapping[str, Any], marks: Sequence[Mark]) -> Iterator[str]:
    """Every day stands in the column of its week and the row of its weekday."""
    width = (specification["width"] - calendar.LEFT) / len(data["weeks"])
    left, top = specification["padding"]["left"] + calendar.LEFT, specification["padding"]["top"]
    boxes = [mark.box for mark in marks if mark.name == "path" and mark.element.get("fill", "none") != "none"]
    found = sorted((int((box[0] + box[2]) / 2 - left) // width, (box[3] - top - 1) // calendar.STEP) for box in boxes)
    wanted = sorted((day["week"], day["weekday"]) for day in data["days"])
    if found != wanted:
        yield f"{len(found)} days drawn for {len(wanted)}: {sorted(set(found) ^ set(wanted))[:5]} differ"


def _flows(data: Data, specification: Mapping[str, Any], marks: Sequence[Mark]) -> Iterator[str]:
    """Columns are as tall as they hold people, and every band begins as thick as its number."""
    counts = [node["count"] for stage in data["stages"] for node in stage["nodes"] if node["count"]]
    boxes = [
        mark.box
        for mark in marks
        if mark.name == "path" and mark.wears("stroke", "tier-edge") and mark.element.get("fill", "none") != "none"
    ]
    tall = [box[3] - box[1] for box in boxes if abs(box[2] - box[0] - alluvial.NODE) < LENGTH]
    one = max(tall, default=0.0) / max(counts, default=1)
    yield from _same("columns", tall, (count * one for count in counts), LENGTH)
    bands: dict[int, float] = {}
    for row in specification["datasets"]["bands"]:
        bands.setdefault(row["band"], row["bottom"] - row["top"])
    yield from _same("bands", bands.values(), (flow["count"] * one for flow in data["flows"]), LENGTH)


PLACES: Mapping[str, Check] = {
    "agreement": _agreement,
    "alluvial": _flows,
    "bullets": _bullets,
    "calendar": _days,
    "decay": _decay,
    "distribution": _bins("entities"),
    "dot_interval": _dots,
    "effect_range": _effects,
    "funnel": _funnel,
    "gap_parts": _gaps,
    "hovering": _bins("days"),
    "mix_split": _months,
    "quadrant": _quadrant,
    "skill_profile": _dots,
    "tier_mix": _tiers,
    "transition": _moves,
    "weights": _weights,
    "xmr": _xmr,
}
