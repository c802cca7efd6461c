"""What a reader sees or hears of a page: its texts and the attributes that are read aloud. Nothing a test asserts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields
from html.parser import HTMLParser

from pipelines.marts import DeliveredTable, ErrorType, Kpi, KpiFormula, Mart, Policy, SkillDimension
from tests.unit.fake_marts import Rows

READ_ALOUD = ("title", "aria-label", "alt", "placeholder", "data-title")
SILENT = frozenset({"script", "style", "code", "pre", "kbd"})
BLOCKS = frozenset(
    {"p", "li", "td", "th", "h1", "h2", "h3", "h4", "dt", "dd", "caption", "figcaption", "summary", "div"}
)
OURS = (Kpi, KpiFormula, DeliveredTable, ErrorType, SkillDimension, Policy)
"""Marts that hold our own labels."""
OPEN, CLOSE = "⟦", "⟧"
"""Stand around every sentence of an invented language."""


class Visible(HTMLParser):
    """The texts of a page, code left out: `pieces` in their order, `bare` what no brackets stand around."""

    def __init__(self, html: str, *, with_pictures: bool = True) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.bare: list[str] = []
        self._silent = SILENT if with_pictures else SILENT | {"svg"}
        self._inside: list[str] = []
        self._depth = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self._depth = 0 if tag in BLOCKS else self._depth
        if tag in self._silent or "fw-language" in (found.get("class") or ""):
            self._inside.append(tag)
        if not self._inside:
            for value in filter(None, map(found.get, READ_ALOUD)):
                self.pieces.append(value)
                self.bare.append(outside(value, 0)[0])

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if not self._inside and data.strip():
            self.pieces.append(data)
            left, self._depth = outside(data, self._depth)
            self.bare.append(left)


def outside(text: str, depth: int) -> tuple[str, int]:
    """What of a text no brackets stand around, and how deep it ends."""
    found = []
    for sign in text:
        depth = max(0, depth + (sign == OPEN) - (sign == CLOSE))
        found.append(sign if depth == 0 and sign != CLOSE else " ")
    return "".join(found), depth


def delivered(rows: Rows) -> tuple[str, ...]:
    """Every text of these marts but our own labels and codes, the longest first."""
    found = {text for mart, some in rows.items() if mart not in OURS for text in _texts(some)}
    return tuple(sorted((text for text in found if not re.fullmatch(r"[a-z_]*|.", text)), key=lambda t: (-len(t), t)))


def _texts(rows: Iterable[Mart]) -> Iterator[str]:
    for row in rows:
        for column in fields(row):  # type: ignore[arg-type]
            value = getattr(row, column.name)
            if isinstance(value, str):
                yield from (line.strip() for line in value.split("\n") if line.strip())


def without(pieces: Iterable[str], texts: Iterable[str]) -> Iterator[str]:
    """Each piece with every one of these texts taken out of it; a piece that is a text cut short is nothing else."""
    texts = tuple(texts)
    known = re.compile("|".join(map(re.escape, texts)) or r"(?!)")
    for piece in pieces:
        begun = piece.strip().removesuffix("…").strip()
        is_cut = begun != piece.strip() and any(text.startswith(begun) for text in texts)
        yield "" if is_cut else known.sub("", piece)
