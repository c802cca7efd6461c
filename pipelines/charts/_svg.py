"""Turns the renderer's SVG into one that can stand many times inside one HTML page.

Belongs here: removing what a page must not carry (foreign ids, English descriptions, fonts, empty groups), rounding,
the root's attributes. Does not belong here: rendering and anything about one chart.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

FONT_SIZE = 13
"""Pixels of every letter in a large chart, said once on its root element."""
SVG = "{http://www.w3.org/2000/svg}"
DROPPED = {
    "class", "role", "aria-hidden", "aria-roledescription", "aria-label", "pointer-events", "font-family",
    "stroke-miterlimit", "version", "cursor", "tabindex",
}  # fmt: skip
DEFAULTS = {
    ("opacity", "1"), ("stroke-width", "1"), ("transform", "translate(0,0)"), ("stroke-dasharray", ""),
    ("text-anchor", "start"), ("y2", "0"), ("x2", "0"), ("stroke-dasharray", "1,0"),
    ("font-size", f"{FONT_SIZE}px"),
}  # fmt: skip
"""Attributes whose value is the default or the root's own (a dash pattern of 1,0 is a whole line)."""
ALLOWED = {"svg", "g", "path", "line", "rect", "circle", "text", "tspan", "clipPath", "defs"}


def tidy(svg: str, digest: str) -> str:
    """Inline SVG: width follows the page, hidden from assistive technology because the page says the same in words.

    Ids become unique by `digest`. Raises ValueError for an element a chart has no business drawing.
    """
    source = ElementTree.fromstring(svg)  # noqa: S314 - written by our own renderer a moment ago
    root = ElementTree.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": f"fw-chart fw-w{source.get('width')}",
            "viewBox": source.get("viewBox", ""),
            "width": "100%",
            "role": "img",
            "aria-hidden": "true",
            "focusable": "false",
            "font-size": str(FONT_SIZE),
        },
    )
    for child in source:
        root.extend(_clean(child, f"fw-{digest}-"))
    return ElementTree.tostring(root, encoding="unicode")


def _clean(element: ElementTree.Element, prefix: str) -> list[ElementTree.Element]:
    """The element without noise; nothing when it draws nothing; its children when it only groups them."""
    name = element.tag.removeprefix(SVG)
    if name not in ALLOWED:
        raise ValueError(f"a chart drew <{name}>")
    kept = {key: _short(key, value, prefix) for key, value in element.attrib.items() if _says_something(key, value)}
    children = [cleaned for child in element for cleaned in _clean(child, prefix)]
    if _draws_nothing(name, element, children):
        return []
    if name == "g" and not kept:
        return children
    clean = ElementTree.Element(name, kept)
    clean.text = element.text if name in ("text", "tspan") else None
    clean.extend(children)
    return [clean]


def _says_something(key: str, value: str) -> bool:
    return key not in DROPPED and (key, value) not in DEFAULTS


def _draws_nothing(name: str, element: ElementTree.Element, children: list[ElementTree.Element]) -> bool:
    if name in ("g", "defs"):
        return not children
    if name == "path":
        has_ink = {element.get("fill", "none"), element.get("stroke", "none")} - {"none", "transparent"}
        is_frame = element.get("class") in ("background", "foreground")
        return element.get("display") == "none" or not element.get("d") or (is_frame and not has_ink)
    if name == "rect":
        return element.get("fill") in ("transparent", "none") and element.get("stroke", "none") == "none"
    return name == "text" and not children and not (element.text or "").strip()


def _short(key: str, value: str, prefix: str) -> str:
    if key == "id":
        return prefix + value
    if "url(#" in value:
        return value.replace("url(#", f"url(#{prefix}")
    if key in ("d", "transform", "x", "y", "x1", "x2", "y1", "y2", "width", "height"):
        return re.sub(r"-?\d*\.\d+(?:e-?\d+)?", _rounded, value)
    return value


def _rounded(number: re.Match[str]) -> str:
    text = f"{float(number.group()):.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
