"""Reading a built page back: its pictures with their tables, numbers as people see them, marks back to values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"
NOTHING = "–"
_FIGURE = re.compile(r'<figure class="fw-figure"[^>]*>.*?</figure>', re.DOTALL)
_PICTURE = re.compile(r'<svg xmlns="http://www.w3.org/2000/svg" class="fw-chart.*?</svg>', re.DOTALL)
_TABLE = re.compile(r"<details[^>]*>.*?(<table.*?</table>)", re.DOTALL)


@dataclass(frozen=True)
class Figure:
    """One picture of a page: its SVG text, and the cells of its table as text, row by row."""

    svg: str
    rows: tuple[tuple[str, ...], ...]


def figures_of(page: str) -> Iterator[Figure]:
    """Every large picture of a page in order, with its table ("" rows where it has none)."""
    for found in _FIGURE.findall(page):
        picture, table = _PICTURE.search(found), _TABLE.search(found)
        if picture:
            yield Figure(picture[0], _cells(table[1]) if table else ())


class _Cells(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
            self._open = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._open = False

    def handle_data(self, data: str) -> None:
        if self._open:
            self.rows[-1][-1] += data


def _cells(table: str) -> tuple[tuple[str, ...], ...]:
    reader = _Cells()
    reader.feed(table[table.index("<tbody") :])
    return tuple(tuple(" ".join(cell.split()) for cell in row) for row in reader.rows)


# ---------- numbers as people see them
_NUMBER = re.compile(r"[+−-]?\d[\d,]*(?:\.\d+)?")
_DURATION = re.compile(
    r"(?P<sign>[+−-]?)(?:(?P<h>[\d.,]+)\s*(?:h|小时)(?![a-z]))?\s*(?:(?P<m>\d+)\s*(?:min|分钟|分)(?![a-z]))?\s*"
    r"(?:(?P<s>[\d.,]+)\s*(?:s|秒)(?![a-z]))?"
)


def shows(cell: str, value: float | None, unit: str) -> bool:
    """Whether a cell shows a value: some number in it is the value rounded as displayed; a missing one shows a dash."""
    if value is None:
        return NOTHING in cell
    return any(abs(value - seen) <= half * (1 + 1e-6) + 1e-9 for seen, half in _seen(cell, unit))


def _seen(cell: str, unit: str) -> Iterator[tuple[float, float]]:
    """Every reading of the numbers in a cell with half of the last digit shown."""
    for found in _NUMBER.finditer(cell):
        text = found[0].replace(",", "").replace("−", "-")
        half = 0.5 * 10.0 ** -len(text.partition(".")[2])
        after = cell[found.end() :].lstrip()
        number = float(text)
        if after.startswith(("%", "percentage point", "pp", "个百分点", "点")) or unit == "share":
            yield number / 100, half / 100
        if unit == "per_thousand":
            yield number / 1000, half / 1000
        yield number, half
    for found in _DURATION.finditer(cell):
        if any(found.groupdict()[part] for part in "hms"):
            parts = {part: float((found[part] or "0").replace(",", "")) for part in "hms"}
            sign = -1 if found["sign"] in ("−", "-") and found["sign"] else 1
            last = found["s"] or found["m"] or found["h"]
            places = len(last.partition(".")[2])
            step = (1 if found["s"] else 60 if found["m"] else 3600) * 10.0**-places
            yield sign * (3600 * parts["h"] + 60 * parts["m"] + parts["s"]), step / 2
    for found in re.finditer(r"([+−-]?)(\d+):(\d\d)(?::(\d\d))?", cell):
        sign = -1 if found[1] in ("−", "-") and found[1] else 1
        clock = [int(part) for part in found.groups()[1:] if part is not None]
        yield sign * (60 * clock[0] + clock[1] if len(clock) == 2 else 3600 * clock[0] + 60 * clock[1] + clock[2]), 0.5


# ---------- marks back to values
@dataclass(frozen=True)
class Mark:
    """An element of a picture, where it stands, and its box in pixels of the picture."""

    name: str
    element: ElementTree.Element
    x: float
    y: float

    def wears(self, attribute: str, colour: str) -> bool:
        """Whether fill or stroke is a colour of the palette."""
        return self.element.get(attribute) == f"var(--fw-{colour})"

    @property
    def box(self) -> tuple[float, float, float, float]:
        """left, top, right, bottom of a path made of M, h, v, H, V, L."""
        points = list(self.points)
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return min(xs), min(ys), max(xs), max(ys)

    @property
    def points(self) -> Iterator[tuple[float, float]]:
        """Corners of a path."""
        x = y = 0.0
        for command, body in re.findall(r"([MLHVhvlmZz])([^MLHVhvlmZz]*)", self.element.get("d", "")):
            numbers = [float(each) for each in re.findall(r"-?\d*\.?\d+", body)]
            if command in "ML":
                for x, y in zip(numbers[::2], numbers[1::2], strict=True):
                    yield self.x + x, self.y + y
                continue
            if command in "ml":
                for right, down in zip(numbers[::2], numbers[1::2], strict=True):
                    x, y = x + right, y + down
                    yield self.x + x, self.y + y
                continue
            for number in numbers:
                if command in "Hh":
                    x = number if command == "H" else x + number
                else:
                    y = number if command == "V" else y + number
                yield self.x + x, self.y + y


def marks(svg: str) -> list[Mark]:
    """Every path, line, rect and text of a picture."""
    return list(_placed(ElementTree.fromstring(svg), 0.0, 0.0))  # noqa: S314 - our own picture


def _placed(element: ElementTree.Element, x: float, y: float) -> Iterator[Mark]:
    for child in element:
        moved = re.fullmatch(r"translate\((-?[\d.]+)(?:,(-?[\d.]+))?\)", child.get("transform", ""))
        left = x + (float(moved[1]) if moved else 0)
        top = y + (float(moved[2] or 0) if moved else 0)
        yield Mark(child.tag.removeprefix(SVG), child, left, top)
        yield from _placed(child, left, top)


@dataclass(frozen=True)
class Scale:
    """A linear scale as the compiled chart has it: domain to pixels of the picture."""

    domain: tuple[float, float]
    pixels: tuple[float, float]

    def pixel(self, value: float) -> float:
        """Where a value stands."""
        share = (value - self.domain[0]) / (self.domain[1] - self.domain[0])
        return self.pixels[0] + share * (self.pixels[1] - self.pixels[0])


def scales(specification: Mapping[str, Any]) -> tuple[Scale | None, Scale | None]:
    """The horizontal and the vertical scale of a chart, None where it has none by value."""
    values = {parameter["name"]: parameter["value"] for parameter in specification["params"]}
    padding, height = specification["padding"], specification["height"]
    across = up = None
    if "x_domain" in values:
        ends = values.get("x_range", (0, specification["width"]))
        across = Scale(tuple(values["x_domain"]), (padding["left"] + ends[0], padding["left"] + ends[1]))
    if "y_domain" in values:
        up = Scale(tuple(values["y_domain"]), (padding["top"] + height, padding["top"]))
    return across, up
