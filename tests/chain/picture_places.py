"""Where marks of each kind of picture must stand: values sent through the chart's scale, in pixels of the picture.

One function per chart: (data, specification, marks of the picture) → what does not fit. A chart without a function here
fails the test that uses it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tests.chain import picture_layouts as layouts
from tests.chain.picture_marks import Check, Data, filled, same, symbols
from tests.chain.picture_reader import Mark, Scale, scales


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
    points = sorted(symbols(marks), key=lambda mark: mark.x)
    for mark, point in zip(points, data["points"], strict=True):
        yield from same(f"point of {point['start']}", [mark.y], [up.pixel(point["value"])])
    if data["target"] is not None:
        lines = [mark.y for mark in marks if mark.name == "line" and mark.wears("stroke", "target")]
        yield from same("target", lines, [up.pixel(data["target"])])


def _dots(data: Data, specification: Mapping[str, Any], marks: Sequence[Mark]) -> Iterator[str]:
    across = scales(specification)[0]
    assert across
    yield from same("dots", [mark.x for mark in symbols(marks)], map(across.pixel, _known(data["rows"], "value")))
    bars = [mark for mark in marks if mark.name == "line" and mark.wears("stroke", "interval")]
    both = [row for row in data["rows"] if row["low"] is not None and row["high"] is not None]
    reach = [(mark.x, mark.x + float(mark.element.get("x2", 0))) for mark in bars]
    yield from same("lower ends", map(min, reach), map(across.pixel, _known(both, "low")))
    yield from same("upper ends", map(max, reach), map(across.pixel, _known(both, "high")))


def _bullets(data: Data, specification: Mapping[str, Any], marks: Sequence[Mark]) -> Iterator[str]:
    across = scales(specification)[0]
    assert across
    ends = [mark.box[2] for mark in filled(marks, "actual")]
    yield from same("ends of bars", ends, map(across.pixel, _known(data["rows"], "value")))
    boxes = filled(marks, "interval-fill")
    yield from same("lower ends", (mark.box[0] for mark in boxes), map(across.pixel, _known(data["rows"], "low")))
    yield from same("upper ends", (mark.box[2] for mark in boxes), map(across.pixel, _known(data["rows"], "high")))
    before = [mark.x for mark in filled(marks, "previous")]
    yield from same("triangles", before, map(across.pixel, _known(data["rows"], "previous")))


def _funnel(data: Data, specification: Mapping[str, Any], marks: Sequence[Mark]) -> Iterator[str]:
    across, up = _both(specification)
    yield from same(
        "points, across", (mark.x for mark in symbols(marks)), (across.pixel(p["n"]) for p in data["points"])
    )
    yield from same("points, up", (mark.y for mark in symbols(marks)), (up.pixel(p["value"]) for p in data["points"]))


def _bins(count: str) -> Check:
    def check(data: Data, specification: Mapping[str, Any], marks: Sequence[Mark]) -> Iterator[str]:
        across, up = _both(specification)
        boxes = sorted((mark.box for mark in filled(marks, "interval-fill")), key=lambda box: box[0])
        for box, each in zip(boxes, data["bins"], strict=True):
            wanted = [across.pixel(each["bin_low"]), up.pixel(each[count]), across.pixel(each["bin_high"]), up.pixel(0)]
            for seen, asked in zip(box, wanted, strict=True):
                yield from same("edge of a bin", [seen], [asked])

    return check


def _quadrant(data: Data, specification: Mapping[str, Any], marks: Sequence[Mark]) -> Iterator[str]:
    across, up = _both(specification)
    plain = [point for point in data["points"] if not point["is_highlighted"]]
    found = symbols(marks)
    yield from same("people, across", (mark.x for mark in found), (across.pixel(point["x"]) for point in plain))
    yield from same("people, up", (mark.y for mark in found), (up.pixel(point["y"]) for point in plain))
    trails = [mark for mark in marks if mark.name == "line" and mark.wears("stroke", "previous")]
    earlier = [point for point in data["points"] if point["x_before"] is not None]
    begins = [(across.pixel(point["x_before"]), up.pixel(point["y_before"])) for point in earlier]
    yield from same("trails, across", (mark.x for mark in trails), (x for x, _ in begins))
    yield from same("trails, up", (mark.y for mark in trails), (y for _, y in begins))
    shown = [mark.element.text for mark in marks if mark.name == "text"]
    yield from (f"no cell says {each['text']}" for each in data["bins"] if each["text"] not in shown)


def _agreement(data: Data, specification: Mapping[str, Any], marks: Sequence[Mark]) -> Iterator[str]:
    across, up = _both(specification)
    rings = [mark for mark in marks if mark.name == "path" and mark.wears("stroke", "actual")]
    yield from same("pairs, across", (mark.x for mark in rings), (across.pixel(pair["mean"]) for pair in data["pairs"]))
    yield from same("pairs, up", (mark.y for mark in rings), (up.pixel(pair["difference"]) for pair in data["pairs"]))


def _ramp(data: Data, specification: Mapping[str, Any], marks: Sequence[Mark]) -> Iterator[str]:
    across, up = _both(specification)
    dots = filled(marks, "actual", "surface")
    points = data["points"]
    yield from same("steps, across", (mark.x for mark in dots), (across.pixel(point["weeks"]) for point in points))
    yield from same("steps, up", (mark.y for mark in dots), (up.pixel(point["share"]) for point in points))


def _effects(data: Data, specification: Mapping[str, Any], marks: Sequence[Mark]) -> Iterator[str]:
    across = scales(specification)[0]
    assert across
    diamonds = [mark.x for mark in filled(marks, "surface", "ink")]
    yield from same("diamonds", diamonds, map(across.pixel, _known(data["rows"], "naive")))
    bars = [*filled(marks, "improvement"), *filled(marks, "surface", "common")]
    yield from same("lower ends", (mark.box[0] for mark in bars), map(across.pixel, _known(data["rows"], "low")))
    yield from same("upper ends", (mark.box[2] for mark in bars), map(across.pixel, _known(data["rows"], "high")))


def _weights(data: Data, specification: Mapping[str, Any], marks: Sequence[Mark]) -> Iterator[str]:
    across = scales(specification)[0]
    assert across
    ends = [mark.box[2] for mark in filled(marks, "actual")]
    yield from same("ends of bars", ends, map(across.pixel, _known(data["rows"], "value")))
    yield from same(
        "boxes", (mark.box[2] for mark in filled(marks, "band")), (across.pixel(r["full"]) for r in data["rows"])
    )


PLACES: Mapping[str, Check] = {
    "agreement": _agreement,
    "alluvial": layouts.flows,
    "bullets": _bullets,
    "calendar": layouts.days,
    "decay": layouts.decay,
    "distribution": _bins("entities"),
    "dot_interval": _dots,
    "effect_range": _effects,
    "funnel": _funnel,
    "gap_parts": layouts.gaps,
    "hovering": _bins("days"),
    "mix_split": layouts.months,
    "quadrant": _quadrant,
    "ramp": _ramp,
    "skill_profile": _dots,
    "tier_mix": layouts.tiers,
    "transition": layouts.moves,
    "weights": _weights,
    "xmr": _xmr,
}
