"""Cells that hold a number of people: shaded by how many, dashed where the number may not be shown.

Belongs here: the shades and the layers that draw cells. Does not belong here: where cells stand, which numbers may be
shown (the page's privacy rule; the text arrives with the cell).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NotRequired, TypedDict

import altair as alt

from pipelines.charts._rows import layer
from pipelines.charts.palette import variable

SOME, MANY = 0.15, 0.5
"""Shares of the fullest cell from which a cell counts as holding some, and many."""


class Box(TypedDict):
    """A cell in pixels. `count` None means that the number is withheld; `text` stands in it as given."""

    left: float
    right: float
    top: float
    bottom: float
    count: int | None
    text: str
    is_marked: bool
    about: NotRequired[int]
    """The row of Data it tells of, see `_live`."""


def table(cells: Sequence[Box]) -> list[dict[str, object]]:
    """Rows for `layers`: every cell with its shade, place of its text and outline."""
    fullest = max((cell["count"] or 0 for cell in cells), default=0)
    return [
        {
            "left": round(cell["left"], 1),
            "right": round(cell["right"], 1),
            "top": round(cell["top"], 1),
            "bottom": round(cell["bottom"], 1),
            "x": round((cell["left"] + cell["right"]) / 2, 1),
            "y": round((cell["top"] + cell["bottom"]) / 2, 1),
            "text": cell["text"],
            "fill": variable(_shade(cell["count"], fullest)),
            "stroke": variable("common" if cell["count"] is None else "actual" if cell["is_marked"] else "grid"),
            "width": 2 if cell["is_marked"] else 1,
            "dash": [3, 3] if cell["count"] is None else [],
            "about": cell.get("about"),
        }
        for cell in cells
    ]


def _shade(count: int | None, fullest: int) -> str:
    if not count:
        return "surface"
    share = count / fullest
    return "count-many" if share >= MANY else "count-some" if share >= SOME else "count-few"


def layers(name: str) -> list[alt.Chart]:
    """The cells of the table `name`, and their texts."""
    cells = layer(name)

    def along(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=None)

    def down(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", scale=None)

    return [
        cells.mark_rect(
            fill=alt.ExprRef("datum.fill"),
            stroke=alt.ExprRef("datum.stroke"),
            strokeWidth=alt.ExprRef("datum.width"),
            strokeDash=alt.ExprRef("datum.dash"),
        ).encode(x=along("left"), x2=alt.X2("right:Q"), y=down("top"), y2=alt.Y2("bottom:Q")),
        cells.mark_text(baseline="middle").encode(x=along("x"), y=down("y"), text="text:N"),
    ]
