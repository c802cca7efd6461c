"""What a picture's marks are compared with: values sent through a scale, lengths, places on a line.

Every function tells what does not fit, and nothing where all fits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from tests.chain.picture_reader import Mark, Scale

Data = Mapping[str, Any]
Check = Callable[[Data, Mapping[str, Any], Sequence[Mark]], Iterator[str]]
NEAR = 0.5
"""Pixels a mark may miss its value by; coordinates are written with one decimal."""
LENGTH = 1.0
"""The same for a length, which has two ends."""
STANDINGS = ("improvement", "concern", "neutral", "common")


def symbols(marks: Iterable[Mark]) -> list[Mark]:
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


def filled(marks: Iterable[Mark], colour: str, stroke: str | None = None) -> list[Mark]:
    """Shapes filled with a colour of the palette and, when asked, drawn round with another."""
    return [
        mark
        for mark in marks
        if mark.name == "path" and mark.wears("fill", colour) and (stroke is None or mark.wears("stroke", stroke))
    ]


def same(what: str, seen: Iterable[float], wanted: Iterable[float], near: float = NEAR) -> Iterator[str]:
    """As many were drawn as there are values, and each within `near` of its place."""
    found, asked = sorted(seen), sorted(wanted)
    if len(found) != len(asked):
        yield f"{len(found)} {what} drawn for {len(asked)} values"
        return
    for place, value in zip(found, asked, strict=True):
        if abs(place - value) > near:
            yield f"{what}: stands at {place:.1f}, its value at {value:.1f}"


def on_one_scale(what: str, seen: Sequence[tuple[float, float]]) -> Iterator[str]:
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
