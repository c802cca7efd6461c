"""Transition: how many people went from which tier to which between two periods.

Belongs here: how the picture is drawn. Does not belong here: the counts and which of them may be shown
(fct_tier_transition), the flips that chance alone explains (the page says them), words.
"""

from __future__ import annotations

from functools import cache
from itertools import chain
from typing import Any, TypedDict

import altair as alt

from pipelines.charts import _cells, _lanes
from pipelines.charts._axis import text_width
from pipelines.charts._labels import cut, wrap
from pipelines.charts._rows import layer
from pipelines.charts._svg import FONT_SIZE
from pipelines.charts._theme import shape, splice
from pipelines.charts.palette import variable

QUESTION = "How many people changed tier since the period before, and how many stayed?"
KEY = ("cell", "cell_stayed", "cell_hidden")
"""Names for `small.key_mark`: everything this picture may show."""

STEP, BETWEEN, WIDEST = 40, 4, 116
LINE = FONT_SIZE + 2
TOP = 3 * LINE + 10


class Cell(TypedDict):
    """People who went from the row's tier to the column's. None withholds the number; `text` then says "<5"."""

    count: int | None
    text: str
    is_stay: bool
    """Before and after are the same tier."""


class Data(TypedDict):
    """Rows are the period before, columns the current one; `cells` has one list per row, one cell per column.

    `row_title` and `column_title` name the two periods ("2025-07", "2025-10"); "" leaves them out.
    """

    row_title: str
    column_title: str
    rows: list[str]
    columns: list[str]
    cells: list[list[Cell]]


def draw(data: Data) -> dict[str, Any]:
    """The chart as a complete Vega-Lite specification. Raises ValueError when cells do not fill rows and columns."""
    if [len(data["columns"])] * len(data["rows"]) != [len(row) for row in data["cells"]]:
        raise ValueError("cells do not fill rows and columns")
    labels = [wrap(text, WIDEST) for text in data["rows"]]
    row_title = f"{cut(data['row_title'], WIDEST - 16)} ↓" if data["row_title"] else ""
    left = round(max(text_width(line, FONT_SIZE) for line in [row_title, *chain(*labels)]) + 12, 1)
    width = (_lanes.PLOT - left) / len(data["columns"])
    cells: list[_cells.Box] = [
        {
            "left": left + column * width + BETWEEN / 2,
            "right": left + (column + 1) * width - BETWEEN / 2,
            "top": row * STEP + BETWEEN / 2,
            "bottom": (row + 1) * STEP - BETWEEN / 2,
            "count": cell["count"],
            "text": cell["text"],
            "is_marked": cell["is_stay"],
            "about": row + 1,
        }
        for row, line in enumerate(data["cells"])
        for column, cell in enumerate(line)
    ]
    rows = [
        {"row": place, "label": line, "x": left - 10, "down": LINE * (number - (len(lines) - 1) / 2)}
        for place, lines in enumerate(labels)
        for number, line in enumerate(lines)
    ]
    heads = _heads(data, row_title, left, width)
    return splice(_shape(), {"rows": rows, "cells": _cells.table(cells), "heads": heads}, {})


def _heads(data: Data, row_title: str, left: float, width: float) -> list[dict[str, object]]:
    """Column labels in up to two lines that end just above the cells, and the two titles above and beside them."""
    heads: list[dict[str, object]] = []
    labels = [wrap(text, width - 6) for text in data["columns"]]
    for column, lines in enumerate(labels):
        heads.extend(
            {"x": round(left + (column + 0.5) * width, 1), "y": -8 - LINE * (len(lines) - 1 - place), "text": line,
             "align": "center"}
            for place, line in enumerate(lines)
        )  # fmt: skip
    if row_title:
        heads.append({"x": left - 10, "y": -8, "text": row_title, "align": "right"})
    if data["column_title"]:
        title = f"{cut(data['column_title'], _lanes.PLOT - left - 20)} →"
        heads.append({"x": left + 2, "y": -10 - LINE * max(map(len, labels)), "text": title, "align": "left"})
    return heads


@cache
def _shape() -> dict[str, Any]:
    heads = layer("heads")
    return _lanes.tall(
        shape(
            [
                layer()
                .mark_text(align="right", baseline="middle", yOffset=alt.ExprRef("datum.down"))
                .encode(x=alt.X("x:Q", scale=None), y=_lanes.y(), text="label:N"),
                *_cells.layers("cells"),
                heads.mark_text(baseline="middle", align=alt.ExprRef("datum.align"), fill=variable("muted")).encode(
                    x=alt.X("x:Q", scale=None), y=alt.Y("y:Q", scale=None), text="text:N"
                ),
            ],
            plot_width=_lanes.PLOT,
            height=None,
            padding={"left": _lanes.SIDE, "right": _lanes.SIDE, "top": TOP, "bottom": 4},
            parameters=(),
        ),
        STEP,
    )


_TIERS = ("H", "M", "L", "?", "N")
_COUNTS: tuple[tuple[int | None, ...], ...] = (
    (38, 7, 0, None, 0),
    (9, 71, 6, 5, 0),
    (0, 8, 12, None, 0),
    (None, 6, None, 9, 0),
    (None, 5, None, 6, 11),
)

EXAMPLE: Data = {
    "row_title": "2025-07",
    "column_title": "2025-10",
    "rows": list(_TIERS),
    "columns": list(_TIERS),
    "cells": [
        [
            {"count": count, "text": "<5" if count is None else str(count), "is_stay": row == column}
            for column, count in enumerate(line)
        ]
        for row, line in enumerate(_COUNTS)
    ],
}
"""Invented moves of about two hundred people between two quarters."""
